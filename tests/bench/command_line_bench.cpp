// `headroom-cli estimate` as a process (DESIGN 5: at most 10 ms).
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/wait.h>

#include <string>
#include <vector>

extern char** environ;

namespace {

void process(benchmark::State& state, const std::vector<std::string>& args) {
  std::vector<std::string> owned{HEADROOM_CLI};
  owned.insert(owned.end(), args.begin(), args.end());
  std::vector<char*> argv;
  for (std::string& a : owned) argv.push_back(a.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", 1 /* O_WRONLY */, 0);
  for (auto _ : state) {
    pid_t child = 0;
    int status = 0;
    if (posix_spawn(&child, HEADROOM_CLI, &quiet, nullptr, argv.data(), environ) != 0 ||
        waitpid(child, &status, 0) != child || status != 0)
      state.SkipWithError("headroom-cli did not run");
  }
  posix_spawn_file_actions_destroy(&quiet);
}

BENCHMARK_CAPTURE(process, estimate,
                  {"estimate", "--model", "meta-llama/Llama-3.1-8B", "--engine", "vllm", "--gpu", "l4"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(process, version, {"--version"})->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
