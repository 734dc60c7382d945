// A user's own catalogue files, as the window finds them when it starts.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <cstdlib>

#include "core/hardware/accelerator.h"
#include "core/open/catalogue.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/window/main_window.h"

namespace headroom::ui {
namespace {

// The catalogues are read once a process, so the window is looked at in one of its own.
TEST(WindowStartDeathTest, SaysWhatIsWrongWithAUsersFileAndShowsTheRest) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  QTemporaryDir config;
  ASSERT_TRUE(config.isValid());
  const auto start = [&] {
    QDir(config.path()).mkdir(QStringLiteral("headroom"));
    QFile file(config.filePath(QStringLiteral("headroom/mine.json")));
    (void)file.open(QIODevice::WriteOnly);
    file.write(R"({"models": [{"id": "me/own", "config": {"model_type": "llama"}}, {"id": "me/bad"}],
                   "accelerators": [{"id": "my-card", "memory_gb": 12}]})");
    file.close();
    qputenv("XDG_CONFIG_HOME", config.path().toUtf8());
    MainWindow::Environment environment;
    environment.settings = std::make_unique<AppSettings>(config.filePath(QStringLiteral("settings.ini")));
    MainWindow window(std::move(environment));
    window.show();
    const QString said = window.messages()->text();
    const bool warned = said.contains(QStringLiteral("mine.json, /models/1: A model needs a \"config\"")) &&
                        said.count(QLatin1Char('\n')) == 0;
    const bool listed = findCatalogueModel("me/own") != nullptr && findAccelerator("my-card") != nullptr;
    config.remove();
    std::_Exit(warned && listed ? 0 : 1);
  };
  EXPECT_EXIT(start(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace headroom::ui
