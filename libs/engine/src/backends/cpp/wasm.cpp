// The kernels as a WebAssembly module: shared memory, and an instance of it in each worker thread.
#include "kernels.h"
#include "pool.h"
#include "vocabulary.h"

static Pool pool;
// What the host writes a call's arguments into.
static Slot slots[MAX_SLOTS];

#define EXPORT(name) __attribute__((export_name(#name)))

// A namespace, as kernels may have these names too.
namespace exported {

EXPORT(argumentSlots) Slot* argumentSlots() { return slots; }
EXPORT(kernelCount) int kernelCount() { return KERNEL_COUNT; }
EXPORT(kernelName) const char* kernelName(int kernel) { return KERNELS[kernel].name; }
EXPORT(kernelParameters) const char* kernelParameters(int kernel) { return KERNELS[kernel].parameters; }
EXPORT(constantCount) int constantCount() { return CONSTANT_COUNT; }
EXPORT(constantName) const char* constantName(int constant) { return CONSTANTS[constant].name; }
EXPORT(constantValue) int constantValue(int constant) { return CONSTANTS[constant].value; }
EXPORT(orderCount) int orderCount() { return ORDER_COUNT; }
EXPORT(orderName) const char* orderName(int order) { return ORDERS[order].name; }
EXPORT(orderText) const char* orderText(int order) { return ORDERS[order].text; }
EXPORT(setThreads) void setThreads(int threads) { pool.seats = threads; }
EXPORT(run) void run(int kernel, int items, int grain) { pool.run(KERNELS[kernel], slots, items, grain); }
/** A worker thread's life: never returns. */
EXPORT(help) void help(int seat) { pool.help(seat); }
/** What a worker calls whose `help` ended in a trap: the call that waits for it is to trap as well. */
EXPORT(lose) void lose() { __atomic_store_n(&lost, 1, __ATOMIC_SEQ_CST); }

}  // namespace exported

// What Clang calls for copies that it does not do inline.
extern "C" void* memcpy(void* to, const void* from, size_t bytes) {
  return __builtin_memcpy(to, from, bytes);
}
extern "C" void* memset(void* to, int byte, size_t bytes) { return __builtin_memset(to, byte, bytes); }
extern "C" void* memmove(void* to, const void* from, size_t bytes) {
  return __builtin_memmove(to, from, bytes);
}
