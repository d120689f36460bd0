import type { GPUKernel } from '../call';
import { adamKernels } from './adam';
import { argMaxKernels } from './arg-max';
import { castKernels } from './cast';
import { convolutionKernels } from './convolution';
import { crossEntropyKernels } from './cross-entropy';
import { denseKernels } from './dense';
import { emptyInputKernels } from './empty-input';
import { activatedKernels } from './fused-activation';
import { gatherKernels } from './gather';
import { geluKernels } from './gelu';
import { joinKernels } from './join';
import { layerNormKernels } from './layer-norm';
import { poolingKernels } from './pooling';
import { recurrentKernels } from './recurrent';
import { reductionKernels } from './reduce';
import { softmaxKernels } from './softmax';
import { spreadGradientKernels } from './spread-gradient';
import { unaryKernels } from './unary';

/** Every kernel of ours on the GPU. */
export const KERNELS: readonly GPUKernel[] = [
  ...activatedKernels,
  ...adamKernels,
  ...argMaxKernels,
  ...castKernels,
  ...convolutionKernels,
  ...crossEntropyKernels,
  ...denseKernels,
  ...emptyInputKernels,
  ...gatherKernels,
  ...geluKernels,
  ...joinKernels,
  ...layerNormKernels,
  ...poolingKernels,
  ...recurrentKernels,
  ...reductionKernels,
  ...softmaxKernels,
  ...spreadGradientKernels,
  ...unaryKernels,
];
