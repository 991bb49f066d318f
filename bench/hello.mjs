// What the start of the program is compared with: the least that Ink can draw, imported the ordinary way.
import {render, Text} from 'ink';
import {createElement} from 'react';

render(createElement(Text, null, 'hello'));
