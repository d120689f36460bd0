// A number that threads share and wait for. Every access is sequentially consistent.
#pragma once

#include "vector.h"

#ifdef __wasm__

// Looks at a signal before a thread sleeps: some 50 µs, which is longer than the JavaScript between two
// kernels takes, and less than waking a thread.
constexpr int SPINS = 20'000;
INLINE void relax() {}

/** Whether a thread was lost inside a kernel: what waits for it would wait for ever. */
inline int lost = 0;

struct Signal {
  int value = 0;
  int get() { return __atomic_load_n(&value, __ATOMIC_SEQ_CST); }
  void set(int next) { __atomic_store_n(&value, next, __ATOMIC_SEQ_CST); }
  /** Adds, and gives the value before. */
  int add(int change) { return __atomic_fetch_add(&value, change, __ATOMIC_SEQ_CST); }
  /** Sleeps as long as the value is `seen`; may wake early. */
  void wait(int seen) { __builtin_wasm_memory_atomic_wait32(&value, seen, -1); }
  void wakeAll() { __builtin_wasm_memory_atomic_notify(&value, 0xffffffffu); }
  /** Gives the processor to others for a moment. */
  void rest() {
    if (__atomic_load_n(&lost, __ATOMIC_SEQ_CST)) __builtin_trap();
    __builtin_wasm_memory_atomic_wait32(&value, get(), 50'000);
  }
};

#else

#include <atomic>
#include <thread>

constexpr int SPINS = 2'000; // as above, with pauses
INLINE void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

struct Signal {
  std::atomic<int> value{0};
  int get() { return value.load(); }
  void set(int next) { value.store(next); }
  int add(int change) { return value.fetch_add(change); }
  void wait(int seen) { value.wait(seen); }
  void wakeAll() { value.notify_all(); }
  void rest() { std::this_thread::yield(); }
};

#endif
