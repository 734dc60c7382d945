// Work on all cores. What is made belongs where its index says, so an answer never depends on who was faster.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>
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

}  // namespace headroom
