// Work on all cores: every item once, in order, and what goes wrong in a thread comes out where the work was asked for.
#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <vector>

namespace headroom {
namespace {

TEST(OnAllCores, CallsEveryIndexOnce) {
  for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
    std::vector<std::atomic<int>> calls(count);
    onAllCores(count, [&] { return [&](std::size_t i) { ++calls[i]; }; });
    for (const auto& n : calls) EXPECT_EQ(n, 1);
  }
}

TEST(OnAllCores, ThrowsWhatAThreadThrew) {
  const auto at = [](std::size_t bad) {
    return [bad](std::size_t i) {
      if (i == bad) throw std::bad_alloc();
    };
  };
  for (const std::size_t bad : {0U, 1U, 99U}) EXPECT_THROW(onAllCores(100, [&] { return at(bad); }), std::bad_alloc);
  EXPECT_THROW(onAllCores(2, []() -> std::function<void(std::size_t)> { throw std::length_error("scratch"); }),
               std::length_error);
}

// Answers `count` numbers with their double; `next`, `work` and `emit` see each first.
struct Doubled {
  std::function<void(int)> next = [](int) {}, work = [](int) {};
  std::function<bool(int)> emit = [](int) { return true; };

  std::vector<int> of(int count) {
    std::vector<int> answers;
    int at = 0;
    inOrderOnAllCores(
        [&]() -> std::optional<int> {
          if (at == count) return std::nullopt;
          next(at);
          return at++;
        },
        [&] {
          return [&](const int& item) {
            work(item);
            return 2 * item;
          };
        },
        [&](int answer, bool) {
          answers.push_back(answer);
          return emit(answer);
        });
    return answers;
  }
};

TEST(InOrder, AnswersKeepTheirOrder) {
  for (const int count : {0, 1, 3000}) {
    const std::vector<int> answers = Doubled().of(count);
    std::vector<int> expected(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) expected[static_cast<std::size_t>(i)] = 2 * i;
    EXPECT_EQ(answers, expected);
  }
}

TEST(InOrder, EndsWithWhatWasThrownAndNeverWaitsForIt) {
  const auto throwsAt = [](int bad) {
    return [bad](int i) {
      if (i == bad) throw std::bad_alloc();
    };
  };
  for (const int bad : {0, 1, 700, 2999}) {
    Doubled reading, answering, writing;
    reading.next = throwsAt(bad);
    EXPECT_THROW(reading.of(3000), std::bad_alloc);
    answering.work = throwsAt(bad);
    EXPECT_THROW(answering.of(3000), std::bad_alloc);
    writing.emit = [bad](int answer) { return answer == 2 * bad ? throw std::bad_alloc() : true; };
    EXPECT_THROW(writing.of(3000), std::bad_alloc);
  }
}

TEST(InOrder, StopsWhereNobodyWantsAnyMore) {
  Doubled enough;
  enough.emit = [](int answer) { return answer < 100; };
  EXPECT_LT(enough.of(100'000).size(), 1000U);
}

}  // namespace
}  // namespace headroom
