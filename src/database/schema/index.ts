export * from './access.ts';
export * from './exams.ts';
export * from './grading.ts';
export * from './intake.ts';
export * from './rubrics.ts';
