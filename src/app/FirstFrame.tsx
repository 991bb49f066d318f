import {useWindowSize} from 'ink';
import type {ReactNode} from 'react';
import {HomeScreen} from '../../components/HomeScreen.tsx';
import {isTooSmall} from '../../components/layout.ts';
import {lookOf} from '../../components/look.ts';
import type {Course} from '../model/course.ts';
import type {Language} from '../model/text.ts';
import {homeData} from './home-data.ts';
import {homeHints} from './home-keys.ts';
import {homePage} from './home-page.ts';
import type {Progress} from './progress.ts';

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
