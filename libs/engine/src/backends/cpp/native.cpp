// The kernels as a Node-API addon with a pool of threads of its own.
#define NAPI_VERSION 8
#include <node_api.h>
#include <pthread.h>

#include <mutex>

#include "gemm.h"
#include "kernels.h"
#include "pool.h"

namespace {

// Several threads of JavaScript may load the addon: they share the pool, and one call runs at a time. Both are
// never destroyed, as helpers may still look at the pool while the process ends.
Pool& pool = *new Pool;
std::mutex& turn = *new std::mutex;
/** Threads so far, the caller's among them. */
int started = 1;

/** What one thread of JavaScript has set: its scratch is for so many seats. */
struct Caller {
  int seats = 1;
};

/** Starts helpers up to a number of threads; where the system refuses one, fewer have to do. */
void startHelpers(int threads) {
  const auto life = [](void* seat) -> void* {
    pool.help((int)(intptr_t)seat);
    return nullptr;
  };
  for (; started < threads; started++) {
    pthread_t helper;
    if (pthread_create(&helper, nullptr, life, (void*)(intptr_t)started) != 0) return;
    pthread_detach(helper);
  }
}

napi_value refuse(napi_env env, const char* sentence) {
  napi_throw_type_error(env, nullptr, sentence);
  return nullptr;
}

/** An argument: a typed array's address, a number, or null. False for anything else. */
bool readSlot(napi_env env, napi_value value, Slot* slot) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type == napi_number) return napi_get_value_double(env, value, &slot->number) == napi_ok;
  if (type == napi_null) {
    slot->address = 0;
    return true;
  }
  void* data;
  if (napi_get_typedarray_info(env, value, nullptr, nullptr, &data, nullptr, nullptr) != napi_ok) return false;
  slot->address = (uint64_t)(uintptr_t)data;
  return true;
}

/** run(kernel, items, grain, ...arguments) */
napi_value run(napi_env env, napi_callback_info info) {
  napi_value values[3 + MAX_SLOTS];
  size_t count = 3 + MAX_SLOTS;
  void* caller;
  napi_get_cb_info(env, info, &count, values, nullptr, &caller);
  int32_t index = -1, items = 0, grain = 0;
  if (count < 3 || napi_get_value_int32(env, values[0], &index) != napi_ok || index < 0 || index >= KERNEL_COUNT ||
      napi_get_value_int32(env, values[1], &items) != napi_ok ||
      napi_get_value_int32(env, values[2], &grain) != napi_ok || grain < 1)
    return refuse(env, "expected a kernel's number, the items, a grain from 1, and arguments");
  const Kernel& kernel = KERNELS[index];
  if ((int)count - 3 != kernel.arity) return refuse(env, "the kernel takes another number of arguments");
  Slot slots[MAX_SLOTS];
  for (int i = 0; i < kernel.arity; i++)
    if (!readSlot(env, values[3 + i], &slots[i]))
      return refuse(env, "a kernel's arguments are typed arrays, numbers and null");
  std::lock_guard<std::mutex> lock(turn);
  pool.seats = ((Caller*)caller)->seats;
  pool.run(kernel, slots, items, grain);
  return nullptr;
}

/** setThreads(n): how many threads take part in this caller's calls from now on. */
napi_value setThreads(napi_env env, napi_callback_info info) {
  napi_value value;
  size_t count = 1;
  int32_t threads = 0;
  void* caller;
  napi_get_cb_info(env, info, &count, &value, nullptr, &caller);
  if (count < 1 || napi_get_value_int32(env, value, &threads) != napi_ok || threads < 1)
    return refuse(env, "expected a number of threads from 1");
  std::lock_guard<std::mutex> lock(turn);
  startHelpers(threads);
  ((Caller*)caller)->seats = threads;
  return nullptr;
}

void setNumber(napi_env env, napi_value object, const char* name, int number) {
  napi_value value;
  napi_create_int32(env, number, &value);
  napi_set_named_property(env, object, name, value);
}

}  // namespace

NAPI_MODULE_INIT() {
  static_assert(KERNEL_COUNT > 0);
  napi_value names;
  napi_create_array(env, &names);
  for (int i = 0; i < KERNEL_COUNT; i++) {
    napi_value name;
    napi_create_string_utf8(env, KERNELS[i].name, NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, names, i, name);
  }
  napi_set_named_property(env, exports, "kernels", names);
  setNumber(env, exports, "lanes", LANES);
  setNumber(env, exports, "tileRows", TILE_ROWS);
  setNumber(env, exports, "tileColumns", TILE_COLUMNS);
  Caller* caller = new Caller;
  napi_set_instance_data(env, caller, [](napi_env, void* data, void*) { delete (Caller*)data; }, nullptr);
  napi_value function;
  napi_create_function(env, "run", NAPI_AUTO_LENGTH, run, caller, &function);
  napi_set_named_property(env, exports, "run", function);
  napi_create_function(env, "setThreads", NAPI_AUTO_LENGTH, setThreads, caller, &function);
  napi_set_named_property(env, exports, "setThreads", function);
  return exports;
}
