/**
 * WGSL for the logistic function and the hyperbolic tangent. The exponential's argument is never positive: so
 * nothing overflows, and NaN stays NaN. WGSL's own `tanh` may overflow, and by the exponential alone a small
 * argument would cancel: there it is the odd polynomial of Cephes (Moshier, tanhf.c).
 */
export const ACTIVATIONS = /* wgsl */ `
fn sigmoid(x: f32) -> f32 {
  let decay = exp(-abs(x));
  return select(decay, 1.0, x >= 0.0) / (1.0 + decay);
}

fn hyperbolicTangent(x: f32) -> f32 {
  let square = x * x;
  var series = fma(square, -5.70498872745e-3, 2.06390887954e-2);
  series = fma(square, series, -5.37397155531e-2);
  series = fma(square, series, 1.33314422036e-1);
  series = fma(square, series, -3.33332819422e-1);
  let decay = exp(-2.0 * abs(x));
  let limit = (1.0 - decay) / (1.0 + decay);
  return select(select(-limit, limit, x >= 0.0), fma(square * series, x, x), abs(x) < 0.625);
}
`;
