// Work on all cores. What is made belongs where its index says, so an answer never depends on who was faster.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace headroom {

// Calls work(i) for every index below `count`, each once. makeWork() gives every thread a `work` with scratch of its
// own. Indices that nobody has begun when `stop` is requested are left out. Few indices stay on this thread.
template <typename MakeWork>
void onAllCores(std::size_t count, MakeWork makeWork, const std::stop_token& stop = {}) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    auto work = makeWork();
    for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++) work(i);
  };
  const std::size_t threads = std::min<std::size_t>(count, std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < threads; ++t) others.emplace_back(run);
  run();
}

// Answers items as they come, on all cores, and gives the answers in the order of the items. next() is called on this
// thread and may block: answers do not wait for it. makeWork() gives every thread a `work` from an item to its answer.
// emit(answer, last) is never called twice at a time; `last` where nothing that has come is left to answer. It returns
// false where nobody wants any more. At most kMostWaiting items wait.
template <typename Next, typename MakeWork, typename Emit>
void inOrderOnAllCores(Next next, MakeWork makeWork, Emit emit) {
  using Item = typename decltype(next())::value_type;
  using Answer = decltype(makeWork()(std::declval<const Item&>()));
  constexpr std::size_t kMostWaiting = 256;
  struct Slot {
    Item item;
    std::optional<Answer> answer;
  };
  std::mutex mutex;
  std::condition_variable_any come, room;
  std::deque<Slot> slots;  // what is not emitted yet, the oldest first
  std::size_t begun = 0;   // of the slots
  bool closed = false, emitting = false, unwanted = false;

  const auto emitReady = [&](std::unique_lock<std::mutex>& lock) {
    if (emitting) return;
    emitting = true;
    while (!slots.empty() && slots.front().answer) {
      Answer answer = *std::move(slots.front().answer);
      slots.pop_front(), --begun;
      const bool last = slots.empty();
      lock.unlock();
      const bool more = emit(std::move(answer), last);
      lock.lock();
      if (!more) unwanted = true;
      room.notify_one();
    }
    emitting = false;
  };
  const auto run = [&] {
    auto work = makeWork();
    std::unique_lock lock(mutex);
    for (;;) {
      come.wait(lock, [&] { return begun < slots.size() || closed || unwanted; });
      if (unwanted || begun == slots.size()) return;
      Slot& slot = slots[begun++];  // a deque's elements stay where they are
      lock.unlock();
      Answer answer = work(std::as_const(slot.item));
      lock.lock();
      slot.answer = std::move(answer);
      emitReady(lock);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned t = 0; t < std::max(1U, std::thread::hardware_concurrency()); ++t) threads.emplace_back(run);
  for (;;) {
    auto item = next();
    std::unique_lock lock(mutex);
    room.wait(lock, [&] { return slots.size() < kMostWaiting || unwanted; });
    if (!item || unwanted) {
      closed = true;
      come.notify_all();
      return;  // the threads end before what they look at
    }
    slots.push_back({*std::move(item), std::nullopt});
    come.notify_one();
  }
}

}  // namespace headroom
