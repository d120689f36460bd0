// Kernels by name, with their arguments unpacked from slots: what a host needs to call them.
#pragma once

#include <stdint.h>

#include "range.h"

/** One argument as the host hands it over: an address or a number. */
union Slot {
  double number;
  uint64_t address;
};

/** A pointer or a number from a slot, by the type of the kernel's parameter. */
template <typename T>
struct Argument {
  static T of(const Slot& slot) { return (T)slot.number; }
};
template <typename T>
struct Argument<T*> {
  static T* of(const Slot& slot) { return (T*)(uintptr_t)slot.address; }
};

template <int... I>
struct Places {};
template <int N, int... I>
struct MakePlaces : MakePlaces<N - 1, N - 1, I...> {};
template <int... I>
struct MakePlaces<0, I...> {
  typedef Places<I...> Type;
};

/** Calls `kernel(range, arguments…)` with the arguments from slots, in their order. */
template <auto kernel>
struct Adapter;
template <typename... P, void (*kernel)(Range, P...)>
struct Adapter<kernel> {
  static constexpr int arity = sizeof...(P);
  template <int... I>
  static void call(Range range, const Slot* slots, Places<I...>) {
    kernel(range, Argument<P>::of(slots[I])...);
  }
  static void run(Range range, const Slot* slots) {
    call(range, slots, typename MakePlaces<sizeof...(P)>::Type());
  }
};

struct Kernel {
  const char* name;
  void (*run)(Range range, const Slot* slots);
  int arity;
};

#define KERNEL(function) {#function, Adapter<function>::run, Adapter<function>::arity}
