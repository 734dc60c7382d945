// What a slider step costs until every view holds the new numbers, what painting adds, and how long a start takes.
// Budgets (DESIGN 5): 4 ms of CPU for the step, 16 ms with painting, 300 ms to the first paint.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QTemporaryDir>

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
void BM_DevicesPage(benchmark::State& state) {
  Fixture f(MainWindow::devices);
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
void BM_ModelPage(benchmark::State& state) {
  Fixture f(MainWindow::model);
  run(state, f, state.range(0) != 0);
}
void BM_ExplainPage(benchmark::State& state) {
  Fixture f(MainWindow::explain);
  run(state, f, state.range(0) != 0);
}
void BM_EvidencePage(benchmark::State& state) {
  Fixture f(MainWindow::evidence);
  run(state, f, state.range(0) != 0);
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
BENCHMARK(BM_DevicesPage)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_OpenTrainingSections)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ModelPage)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ExplainPage)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_EvidencePage)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_StartToFirstPaint)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
