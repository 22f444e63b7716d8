import { LabSession } from '../model/session.ts';
import { serveLab } from './serve-lab.ts';

// The worker of a lab of points in the plane.

serveLab(LabSession.open);
