// What a slider step costs until every view holds the new numbers, what painting adds, and how long a start takes.
// Budgets (DESIGN 5): 4 ms of CPU for the step, 16 ms with painting, 300 ms to the first paint.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QTemporaryDir>
#include <fstream>
#include <random>

#include "core/scenario/choices.h"
#include "ui/inputs/input_panel.h"
#include "ui/window/main_window.h"

namespace {

using namespace headroom;
using namespace headroom::ui;

struct Fixture {
  QTemporaryDir folder;
  std::unique_ptr<MainWindow> window;

  explicit Fixture(MainWindow::Page page = MainWindow::explore) {
    MainWindow::Environment environment;
    environment.settings = std::make_unique<AppSettings>(folder.filePath(QStringLiteral("settings.ini")));
    window = std::make_unique<MainWindow>(std::move(environment));
    window->resize(1280, 800);
    window->show();
    window->setPage(page);
    QCoreApplication::processEvents();
  }
  void ask(Workload workload, std::optional<Engine> engine) {
    window->document().edit(Field::workload, [&](Scenario& s) {
      s.workload = workload;
      s.engine = engine;
    });
    QCoreApplication::processEvents();
  }
  // One step of a drag over the context slider's stops.
  void step() {
    static constexpr std::int64_t kStops[] = {4096, 8192, 16384, 32768, 65536};
    at_ = (at_ + 1) % 5;
    window->document().edit(Field::context, [&](Scenario& s) { s.context = kStops[at_]; });
  }

 private:
  std::size_t at_ = 0;
};

void run(benchmark::State& state, Fixture& fixture, bool painted) {
  for (auto _ : state) {
    fixture.step();
    if (painted) QCoreApplication::processEvents();
  }
}

void BM_Inference(benchmark::State& state) {
  Fixture f;
  run(state, f, state.range(0) != 0);
}
void BM_Vllm(benchmark::State& state) {
  Fixture f;
  f.ask(Workload::inference, Engine::vllm);
  run(state, f, state.range(0) != 0);
}
void BM_LlamaCpp(benchmark::State& state) {
  Fixture f;
  f.ask(Workload::inference, Engine::llama_cpp);
  run(state, f, state.range(0) != 0);
}
void BM_Lora(benchmark::State& state) {
  Fixture f;
  f.ask(Workload::lora, std::nullopt);
  run(state, f, state.range(0) != 0);
}
void BM_Full(benchmark::State& state) {
  Fixture f;
  f.ask(Workload::full, std::nullopt);
  run(state, f, state.range(0) != 0);
}
template <MainWindow::Page page>
void BM_Page(benchmark::State& state) {
  Fixture f(page);
  run(state, f, state.range(0) != 0);
}
// Open sections render their rows with what every choice would save; closed ones must cost next to nothing.
void BM_OpenTrainingSections(benchmark::State& state) {
  Fixture f;
  f.ask(Workload::full, std::nullopt);
  f.window->inputs()->setOpenSections(
      {QStringLiteral("sectionTraining"), QStringLiteral("sectionParallel"), QStringLiteral("sectionReserve")});
  QCoreApplication::processEvents();
  run(state, f, state.range(0) != 0);
}

double residentMebibytes() {
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  return resident * 4096 / (1 << 20);
}

// What ten thousand edits of every main control leave behind, once a thousand have filled the steps that can be undone.
void BM_TenThousandEdits(benchmark::State& state) {
  Fixture f;
  Document& document = f.window->document();
  std::mt19937 random(7);
  const auto number = [&](std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(1, most)(random); };
  const auto edits = [&](int count) {
    for (int i = 0; i < count; ++i) {
      switch (number(5)) {
        case 1:
          document.edit(Field::context, [&](Scenario& s) { s.context = number(131072); });
          break;
        case 2:
          document.edit(Field::batch, [&](Scenario& s) { chooseBatch(s, number(64)); });
          break;
        case 3:
          document.edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, static_cast<Workload>(number(4) - 1)); });
          break;
        case 4:
          document.edit(Field::devices, [&](Scenario& s) {
            chooseAccelerator(s, accelerators()[static_cast<std::size_t>(number(40))]);
          });
          break;
        default:
          document.edit(Field::devices, [&](Scenario& s) { chooseDeviceCount(s, number(8)); });
      }
      QCoreApplication::processEvents();
    }
  };
  edits(1000);
  double grown = 0;
  for (auto _ : state) {
    const double before = residentMebibytes();
    edits(10'000);
    grown = residentMebibytes() - before;
  }
  state.counters["grown_MiB"] = grown;
}
void BM_StartToFirstPaint(benchmark::State& state) {
  for (auto _ : state) {
    Fixture f;
    benchmark::DoNotOptimize(f.window->winId());
    state.PauseTiming();
    f.window.reset();
    state.ResumeTiming();
  }
}

// Argument 0: until every view holds the numbers; 1: with painting.
BENCHMARK(BM_Inference)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Vllm)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_LlamaCpp)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Lora)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Full)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_OpenTrainingSections)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::compare>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::devices>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::sweep>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::plan>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::model>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::explain>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::evidence>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Page<MainWindow::learn>)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_TenThousandEdits)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK(BM_StartToFirstPaint)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
