import type {Lesson} from '../src/model/lesson.ts';
import {clientFlow} from './client-flow.ts';
import {echo} from './echo.ts';
import {serverFlow} from './server-flow.ts';

/** The lessons in their order. */
export const lessons: readonly Lesson[] = [serverFlow, clientFlow, echo];
