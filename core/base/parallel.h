// Work on all cores. What is made belongs where its index says, so an answer never depends on who was faster.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace headroom {

// The threads of one piece of work, which end with it. Where the system gives fewer than are asked for (a limit on
// threads or on memory), the work is done by those there are.
class Crew {
 public:
  template <typename Run>
  Crew(std::size_t count, Run& run) {
    try {
      for (threads_.reserve(count); threads_.size() < count;) threads_.emplace_back([&run] { run(); });
    } catch (const std::exception&) {
    }
  }
  bool empty() const { return threads_.empty(); }
  void join() { threads_.clear(); }

  static std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

 private:
  std::vector<std::jthread> threads_;
};

// What one of them could not do (memory that ran out) is thrown where the work was asked for.
class FirstFailure {
 public:
  void keep() {
    const std::lock_guard lock(mutex_);
    if (failure_ == nullptr) failure_ = std::current_exception();
  }
  void rethrow() const {
    if (failure_ != nullptr) std::rethrow_exception(failure_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr failure_;
};

// Calls work(i) for every index below `count`, each once. makeWork() gives every thread a `work` with scratch of its
// own. Indices that nobody has begun when `stop` is requested are left out. Few indices stay on this thread.
template <typename MakeWork>
void onAllCores(std::size_t count, MakeWork makeWork, const std::stop_token& stop = {}) {
  std::atomic<std::size_t> next{0};
  FirstFailure failure;
  const auto run = [&] {
    try {
      auto work = makeWork();
      for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++) work(i);
    } catch (...) {
      failure.keep();
      next = count;
    }
  };
  Crew others(std::min(count, Crew::cores()) - (count > 0 ? 1 : 0), run);
  run();
  others.join();
  failure.rethrow();
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
  FirstFailure failure;

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
  const auto answerAll = [&] {
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
  const auto end = [&](bool& how) {
    const std::lock_guard lock(mutex);
    how = true;
    come.notify_all(), room.notify_all();
  };
  const auto run = [&] {
    try {
      answerAll();
    } catch (...) {
      failure.keep();
      end(unwanted);
    }
  };
  Crew crew(Crew::cores(), run);
  try {
    std::optional<decltype(makeWork())> own;  // where there is no other thread
    if (crew.empty()) own.emplace(makeWork());
    for (bool wanted = true; wanted;) {
      auto item = next();
      if (!item) break;
      if (own) {
        wanted = emit((*own)(std::as_const(*item)), true);
        continue;
      }
      std::unique_lock lock(mutex);
      room.wait(lock, [&] { return slots.size() < kMostWaiting || unwanted; });
      wanted = !unwanted;
      if (wanted) slots.push_back({*std::move(item), std::nullopt});
      come.notify_one();
    }
    end(closed);
  } catch (...) {
    failure.keep();
    end(unwanted);
  }
  crew.join();
  failure.rethrow();
}

}  // namespace headroom
