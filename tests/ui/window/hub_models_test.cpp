// Models of a hub: read with progress, kept, stopped, refused; a window may close meanwhile.
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <condition_variable>
#include <mutex>

#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "tests/support/http_test_server.h"
#include "tests/ui/window/models_fixture.h"
#include "ui/inputs/input_panel.h"
#include "ui/style/text.h"
#include "ui/window/open_model_dialog.h"

namespace headroom::ui {
namespace {

// A hub that serves one tiny model, and holds back what it is told to.
class HubModelsTest : public ModelsTest {
 protected:
  void serve(const std::string& path, const std::string& body, int status = 200) {
    server.server.Get(path, [this, body, status](const httplib::Request&, httplib::Response& answer) {
      std::unique_lock lock(mutex);
      if (held) {
        waiting = true;
        opened.wait(lock, [this] { return !held; });
      }
      answer.status = status;
      answer.set_content(body, "application/json");
    });
  }
  void startServer() {
    server.start();
    hub.endpoint = server.address();
  }
  void release() {
    const std::lock_guard lock(mutex);
    held = false;
    opened.notify_all();
  }
  void TearDown() override {
    release();
    ModelsTest::TearDown();
  }

  std::mutex mutex;
  std::condition_variable opened;
  bool held = false, waiting = false;
  test::HttpTestServer server;
};

TEST_F(HubModelsTest, AHubIdIsReadAndKept) {
  serve("/org/tiny/resolve/main/config.json", kTinyConfig);
  startServer();
  openText(QStringLiteral("org/tiny"));
  EXPECT_EQ(dialog()->status().toStdString(), "");
  EXPECT_EQ(scenario().reference, ModelReference(HubModel{"org/tiny", "main"}));
  EXPECT_EQ(scenario().model->id, "org/tiny");
  EXPECT_EQ(document().undoStack().count(), 1);
  // Without the network the copy that was kept serves, of the same host alone.
  trigger("actionUndo");
  server.stop();
  openText(QStringLiteral("https://huggingface.co/org/tiny/blob/main/config.json"));
  EXPECT_EQ(scenario().model->id, "org/tiny");
}

TEST_F(HubModelsTest, WhatTheHubSaysIsSaidAndNothingChanges) {
  serve("/org/gated/resolve/main/config.json", "", 401);
  serve("/org/broken/resolve/main/config.json", R"({"model_type": "llama")");
  startServer();
  const Scenario before = scenario();
  openText(QStringLiteral("org/gated"));
  EXPECT_TRUE(dialog()->status().contains(QStringLiteral("HF_TOKEN"))) << dialog()->status().toStdString();
  expectUnchanged(before, 0);
  openText(QStringLiteral("org/missing"));
  EXPECT_TRUE(dialog()->status().contains(QStringLiteral("neither")) ||
              dialog()->status().contains(QStringLiteral("knows no such")))
      << dialog()->status().toStdString();
  openText(QStringLiteral("org/broken"));
  EXPECT_FALSE(dialog()->status().isEmpty());
  hub.endpoint = "http://127.0.0.1:1";
  openText(QStringLiteral("org/elsewhere"));
  EXPECT_TRUE(dialog()->status().contains(QStringLiteral("cannot be reached"))) << dialog()->status().toStdString();
  EXPECT_TRUE(dialog()->isVisible());
  expectUnchanged(before, 0);
}

TEST_F(HubModelsTest, AReadingCanBeStopped) {
  serve("/org/slow/resolve/main/config.json", kTinyConfig);
  held = true;
  startServer();
  const Scenario before = scenario();
  type(QStringLiteral("org/slow"));
  pressEnter();
  EXPECT_TRUE(dialog()->isReading());
  EXPECT_TRUE(find<QProgressBar>("openModelProgress")->isVisible());
  const auto atServer = [this] {
    const std::lock_guard lock(mutex);
    return waiting;
  };
  ASSERT_TRUE(QTest::qWaitFor(atServer, 20'000));
  // The window goes on working meanwhile.
  document().edit(Field::batch, [](Scenario& s) { s.batch = 3; });
  EXPECT_EQ(scenario().batch, 3);
  QTest::mouseClick(find<QPushButton>("openModelCancel"), Qt::LeftButton);
  EXPECT_FALSE(dialog()->isReading());
  EXPECT_TRUE(dialog()->isVisible()) << "the first Cancel stops, the second closes";
  EXPECT_TRUE(dialog()->status().startsWith(QStringLiteral("Cancelled")));
  release();
  QTest::mouseClick(find<QPushButton>("openModelCancel"), Qt::LeftButton);
  EXPECT_FALSE(dialog()->isVisible());
  QCoreApplication::processEvents();
  EXPECT_EQ(scenario().reference, before.reference);
}

// A scenario that names a hub's model and does not describe it is read like the model itself: off the window's thread.
TEST_F(HubModelsTest, AScenarioOfAHubsModelIsReadWithProgressAndCanBeStopped) {
  serve("/org/tiny/resolve/main/config.json", kTinyConfig);
  held = true;
  startServer();
  write(QStringLiteral("far.headroom.json"), R"({"headroom": 1, "model": {"hub": "org/tiny"}, "batch": 3})");
  const Scenario before = scenario();
  EXPECT_TRUE(window->openPath(file(QStringLiteral("far.headroom.json"))));
  ASSERT_TRUE(dialog()->isReading());
  EXPECT_EQ(scenario(), before);
  QTest::mouseClick(find<QPushButton>("openModelCancel"), Qt::LeftButton);
  EXPECT_FALSE(dialog()->isReading());
  release();
  QTest::mouseClick(find<QPushButton>("openModelCancel"), Qt::LeftButton);
  QCoreApplication::processEvents();
  expectUnchanged(before, 0);

  EXPECT_TRUE(window->openPath(file(QStringLiteral("far.headroom.json"))));
  ASSERT_TRUE(QTest::qWaitFor([this] { return scenario().model->id == "org/tiny"; }, 20'000));
  EXPECT_FALSE(dialog()->isVisible());
  EXPECT_EQ(scenario().batch, 3);
  EXPECT_EQ(document().path(), file(QStringLiteral("far.headroom.json")));
  EXPECT_FALSE(document().isModified());
  // Saved, it carries the model, and nobody is asked again.
  ASSERT_TRUE(window->save());
  server.server.stop();
  EXPECT_TRUE(window->openPath(document().path()));
  EXPECT_FALSE(dialog()->isReading());
  EXPECT_EQ(scenario().model->id, "org/tiny");
}

TEST_F(HubModelsTest, WhyAHubsScenarioCannotBeReadIsSaid) {
  hub.endpoint = "http://127.0.0.1:1";
  write(QStringLiteral("far.headroom.json"), R"({"headroom": 1, "model": {"hub": "org/nowhere"}})");
  const Scenario before = scenario();
  EXPECT_TRUE(window->openPath(file(QStringLiteral("far.headroom.json"))));
  ASSERT_TRUE(QTest::qWaitFor([this] { return !dialog()->isReading(); }, 20'000));
  EXPECT_TRUE(dialog()->isVisible());
  EXPECT_TRUE(dialog()->status().contains(QStringLiteral("cannot be reached"))) << dialog()->status().toStdString();
  expectUnchanged(before, 0);
}

TEST_F(HubModelsTest, ClosingTheWindowWhileReadingIsSafe) {
  serve("/org/slow/resolve/main/config.json", kTinyConfig);
  held = true;
  startServer();
  type(QStringLiteral("org/slow"));
  pressEnter();
  ASSERT_TRUE(dialog()->isReading());
  window.reset();
  SUCCEED();
}

TEST_F(HubModelsTest, ThePickerHandsOnWhatItDoesNotKnow) {
  serve("/org/tiny/resolve/main/config.json", kTinyConfig);
  startServer();
  PickerField* picker = window->inputs()->modelPicker();
  picker->setFocus();
  picker->selectAll();
  QTest::keyClicks(picker, QStringLiteral("org/tiny"));
  QTest::keyClick(picker, Qt::Key_Return);
  ASSERT_TRUE(dialog()->isVisible());
  EXPECT_TRUE(dialog()->recognised().startsWith(QStringLiteral("org/tiny on the hub")));
  pressEnter();
  ASSERT_TRUE(QTest::qWaitFor([this] { return scenario().model->id == "org/tiny"; }, 20'000));
}

}  // namespace
}  // namespace headroom::ui
