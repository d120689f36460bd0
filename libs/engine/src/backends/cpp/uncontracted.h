// Between UNCONTRACTED and CONTRACTED no product and sum become one instruction, which would round once instead of
// twice: what stands there has the bits of the same operations in JavaScript. It calls nothing outside that is no macro.
#pragma once

#ifdef __clang__
#define UNCONTRACTED _Pragma("clang fp contract(off)")
#define CONTRACTED _Pragma("clang fp contract(fast)")
#else
#define UNCONTRACTED _Pragma("GCC push_options") _Pragma("GCC optimize(\"fp-contract=off\")")
#define CONTRACTED _Pragma("GCC pop_options")
#endif
