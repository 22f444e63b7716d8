'use client';

// Within the app's frame, so that a failed page keeps its navigation.
export { default } from '../error.tsx';
