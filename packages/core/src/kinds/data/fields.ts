import { z } from 'zod';

export const perClass = z.int().min(2).max(1_000_000).describe('points per class');
export const classes = z.int().min(2).max(100);
export const spread = z.number().min(0).max(10).describe('standard deviation of each coordinate');

/** The course's number of points of each class. */
export const n = perClass.default(1000);
