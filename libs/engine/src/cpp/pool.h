// Threads that share out the ranges of one kernel call at a time.
#pragma once

#include "registry.h"
#include "signal.h"

/**
 * One call is open at a time. The caller takes part; helpers are threads that a host has started and that
 * never return from `help`. Ranges are handed out one by one, so it does not matter how many helpers
 * have come yet, nor how fast each of them is.
 */
struct Pool {
  static constexpr int MAX_SLOTS = 32;

  /** Threads that may take part, the caller among them; helpers with a seat from here on stay idle. */
  int seats = 1;

  /** Runs a kernel over `items` in ranges of `grain` items; returns when all of them are done. */
  void run(const Kernel& called, const Slot* arguments, int items, int grain) {
    if (items <= 0) return;
    const int parts = (items - 1) / grain + 1;
    if (parts == 1 || seats == 1) {
      for (int part = 0; part < parts; part++) runPart(called, arguments, items, grain, part, 0);
      return;
    }
    kernel = &called;
    slots = arguments;
    itemCount = items;
    grainSize = grain;
    partCount = parts;
    next.set(0);
    open.set(1);
    calls.add(1);
    if (sleepers.get() > 0) calls.wakeAll();
    work(0);
    open.set(0);
    for (int spins = 0; active.get() > 0; spins++) {
      if (spins < SPINS)
        relax();
      else
        active.rest();
    }
  }

  /** What a helper's thread does; seats count from 1. Never returns. */
  void help(int seat) {
    for (int seen = calls.get();;) {
      active.add(1);
      // The caller closes a call and then waits for the active: a helper sees it closed or is waited for.
      if (open.get() && seat < seats) work(seat);
      active.add(-1);
      seen = awaitCall(seen);
    }
  }

 private:
  const Kernel* kernel = nullptr;
  const Slot* slots = nullptr;
  int itemCount = 0, grainSize = 1, partCount = 0;
  Signal calls, open, next, active, sleepers;

  static void runPart(const Kernel& called, const Slot* arguments, int items, int grain, int part, int seat) {
    const int begin = part * grain;
    called.run({begin, grain < items - begin ? begin + grain : items, part, seat}, arguments);
  }

  void work(int seat) {
    for (int part = next.add(1); part < partCount; part = next.add(1))
      runPart(*kernel, slots, itemCount, grainSize, part, seat);
  }

  /** Waits until there has been another call than `seen`: awake at first, then asleep. */
  int awaitCall(int seen) {
    for (int spins = 0; spins < SPINS; spins++) {
      const int now = calls.get();
      if (now != seen) return now;
      relax();
    }
    sleepers.add(1);
    while (calls.get() == seen) calls.wait(seen);
    sleepers.add(-1);
    return calls.get();
  }
};
