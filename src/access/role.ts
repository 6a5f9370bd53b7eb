import { z } from 'zod';
import { roles } from '../database/schema/access.ts';

/** 考务 (administrator), 阅卷 (examiner), 监考 (invigilator). One account may hold several. */
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
