import {useWindowSize} from 'ink';
import type {ReactNode} from 'react';
import type {Progress} from '../src/app/keep/progress.ts';
import {homeHints} from '../src/app/keys/home-keys.ts';
import {homeData} from '../src/app/screen/home-data.ts';
import {homePage} from '../src/app/screen/home-page.ts';
import {isTooSmall} from '../src/draw/text/layout.ts';
import {lookOf} from '../src/draw/text/look.ts';
import type {Course} from '../src/model/course.ts';
import type {Language} from '../src/model/text.ts';
import {HomeScreen} from './HomeScreen.tsx';

interface Props {
  readonly course: Course;
  readonly language: Language;
  readonly ascii: boolean;
  readonly progress: Progress;
  readonly notice: string | null;
}

/** The list as it opens, which needs little of the program: it stands there while the rest is loaded. */
export function FirstFrame({course, language, ascii, progress, notice}: Props): ReactNode {
  const {columns, rows} = useWindowSize();
  if (isTooSmall(columns, rows)) return null;
  const frame = {look: lookOf(language, ascii), columns, rows};
  const data = homeData(progress, homePage(course.lessons, progress), course);
  return <HomeScreen {...frame} data={data} notice={notice} keys={homeHints()} below={null} />;
}
