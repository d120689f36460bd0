// The kernels as a Node-API addon with a pool of threads of its own.
#define NAPI_VERSION 8
#include <node_api.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <mutex>

#include "kernels.h"
#include "pool.h"
#include "vocabulary.h"

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

/** What a parameter takes, for a sentence. */
const char* wantedFor(char parameter) {
  switch (parameter) {
    case FLOATS:
      return "a Float32Array or null";
    case FLOATS64:
      return "a Float64Array or null";
    case INTEGERS:
      return "an Int32Array or null";
    case BYTES:
      return "a Uint8Array or null";
    case WHOLE:
      return "a whole number of 32 bits";
    default:
      return "a number";
  }
}

/** A number that is whole, and from `least` to `most`; false for anything else. */
bool readWhole(napi_env env, napi_value value, double least, double most, int32_t* result) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok) return false;
  if (!(number >= least && number <= most) || number != trunc(number)) return false;
  *result = (int32_t)number;
  return true;
}

/** An argument: a typed array's address or null, or a number, as the parameter says. False for anything else. */
bool readSlot(napi_env env, napi_value value, char parameter, Slot* slot) {
  if (parameter == NUMBER) return napi_get_value_double(env, value, &slot->number) == napi_ok;
  if (parameter == WHOLE) {
    int32_t number;
    if (!readWhole(env, value, INT32_MIN, INT32_MAX, &number)) return false;
    slot->number = number;
    return true;
  }
  napi_valuetype type;
  napi_typeof(env, value, &type);
  slot->address = 0;
  if (type == napi_null) return true;
  const napi_typedarray_type wanted = parameter == FLOATS     ? napi_float32_array
                                      : parameter == FLOATS64 ? napi_float64_array
                                      : parameter == INTEGERS ? napi_int32_array
                                                              : napi_uint8_array;
  napi_typedarray_type actual;
  void* data;
  if (napi_get_typedarray_info(env, value, &actual, nullptr, &data, nullptr, nullptr) != napi_ok) return false;
  slot->address = (uint64_t)(uintptr_t)data;
  return actual == wanted;
}

/** run(kernel, items, grain, ...arguments) */
napi_value run(napi_env env, napi_callback_info info) {
  napi_value values[3 + MAX_SLOTS];
  size_t count = 3 + MAX_SLOTS;
  void* caller;
  napi_get_cb_info(env, info, &count, values, nullptr, &caller);
  int32_t index, items, grain;
  if (count < 3 || !readWhole(env, values[0], 0, KERNEL_COUNT - 1, &index))
    return refuse(env, "expected a kernel's number, the items, a grain from 1, and arguments");
  const Kernel& kernel = KERNELS[index];
  char sentence[200];
  if (!readWhole(env, values[1], 0, MOST_ITEMS, &items)) {
    const char* format = "\"%s\" takes a whole number of items from 0 to %d";
    snprintf(sentence, sizeof sentence, format, kernel.name, MOST_ITEMS);
    napi_throw_range_error(env, nullptr, sentence);
    return nullptr;
  }
  if (!readWhole(env, values[2], 1, INT32_MAX, &grain)) {
    snprintf(sentence, sizeof sentence, "\"%s\" takes a whole number of items from 1 for a grain", kernel.name);
    napi_throw_range_error(env, nullptr, sentence);
    return nullptr;
  }
  const int arity = (int)strlen(kernel.parameters);
  if ((int)count - 3 != arity) {
    snprintf(sentence, sizeof sentence, "\"%s\" takes %d arguments, not %d", kernel.name, arity, (int)count - 3);
    return refuse(env, sentence);
  }
  Slot slots[MAX_SLOTS];
  for (int i = 0; i < arity; i++) {
    if (readSlot(env, values[3 + i], kernel.parameters[i], &slots[i])) continue;
    const char* wanted = wantedFor(kernel.parameters[i]);
    snprintf(sentence, sizeof sentence, "\"%s\" takes %s as argument %d", kernel.name, wanted, i + 1);
    return refuse(env, sentence);
  }
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

/** lineOffset(array): how many bytes an array of bytes begins after the start of a cache line. */
napi_value lineOffset(napi_env env, napi_callback_info info) {
  napi_value array, result;
  size_t count = 1;
  Slot slot;
  napi_get_cb_info(env, info, &count, &array, nullptr, nullptr);
  if (count < 1 || !readSlot(env, array, BYTES, &slot)) return refuse(env, "expected a Uint8Array");
  napi_create_int32(env, (int32_t)(slot.address % 64), &result);
  return result;
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
  napi_value constants, orders;
  napi_create_object(env, &constants);
  for (const Constant& constant : CONSTANTS) setNumber(env, constants, constant.name, constant.value);
  napi_set_named_property(env, exports, "constants", constants);
  napi_create_object(env, &orders);
  for (const Order& order : ORDERS) {
    napi_value text;
    napi_create_string_utf8(env, order.text, NAPI_AUTO_LENGTH, &text);
    napi_set_named_property(env, orders, order.name, text);
  }
  napi_set_named_property(env, exports, "orders", orders);
  Caller* caller = new Caller;
  napi_set_instance_data(env, caller, [](napi_env, void* data, void*) { delete (Caller*)data; }, nullptr);
  napi_value function;
  napi_create_function(env, "run", NAPI_AUTO_LENGTH, run, caller, &function);
  napi_set_named_property(env, exports, "run", function);
  napi_create_function(env, "setThreads", NAPI_AUTO_LENGTH, setThreads, caller, &function);
  napi_set_named_property(env, exports, "setThreads", function);
  napi_create_function(env, "lineOffset", NAPI_AUTO_LENGTH, lineOffset, nullptr, &function);
  napi_set_named_property(env, exports, "lineOffset", function);
  return exports;
}
