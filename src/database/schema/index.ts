export * from './access.ts';
export * from './audit.ts';
export * from './exams.ts';
export * from './grading.ts';
export * from './intake.ts';
export * from './review.ts';
export * from './rubrics.ts';
