/**
 * WGSL for NaN and infinities, by their bits: WGSL has no constants for them, and lets a compiler assume that
 * comparisons and functions never meet them.
 */
export const SPECIAL_VALUES = /* wgsl */ `
fn isNaN(value: f32) -> bool { return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u; }
fn isFinite(value: f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }
fn ofBits(bits: u32) -> f32 { return bitcast<f32>(bits); }
fn notANumber() -> f32 { return ofBits(0x7fc00000u); }
fn minusInfinity() -> f32 { return ofBits(0xff800000u); }
`;
