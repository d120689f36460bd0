import { zhCharts } from './zh-charts';
import { zhDiagrams } from './zh-diagrams';

/**
 * Every phrase that figures say, English to Chinese in the terms of the paper. What is in braces is filled in;
 * text that comes from data, such as the name of a class, is not in it.
 */
export const zh = { ...zhCharts, ...zhDiagrams } as const;
