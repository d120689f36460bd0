import test from 'node:test';
import { modelContract } from '@botlab/models/contract';
import { ownModel } from './own-model.js';

for (const { title, run } of modelContract(ownModel)) test(title, run);
