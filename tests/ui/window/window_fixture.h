// A real window, off screen, with settings and dialogs of its own.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/pages/devices/devices_page.h"
#include "ui/pages/plan/plan_page.h"
#include "ui/pages/sweep/sweep_page.h"
#include "ui/window/main_window.h"

namespace headroom::ui {

// Answers instead of a person.
struct Answers : FileDialogs {
  QString open, folder, save, suggested;
  Unsaved unsaved = Unsaved::discard;
  Changed changed = Changed::cancel;
  int asked = 0;

  QString openFile(QWidget*, const QString&, const QString&, const QString&) override { return open; }
  QString openFolder(QWidget*, const QString&, const QString&) override { return folder; }
  QString saveFile(QWidget*, const QString&, const QString& suggestion, const QString&) override {
    suggested = suggestion;
    return save;
  }
  Unsaved askUnsaved(QWidget*, const QString&) override { return ++asked, unsaved; }
  Changed askChanged(QWidget*, const QString&) override { return ++asked, changed; }
};

class WindowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(folder.isValid());
    hub.endpoint = "http://127.0.0.1:1";  // nobody listens there
    hub.cacheFolder = file(QStringLiteral("hub")).toStdString();
    hub.connectSeconds = hub.stallSeconds = 5;
    start();
  }
  void TearDown() override {
    window.reset();
    Theme::setChoice(Theme::Choice::system);
    qApp->setStyleSheet({});
  }

  // A new window on the same settings, as after a restart.
  void start(bool recovery = false) {
    window.reset();
    MainWindow::Environment environment;
    environment.settings = std::make_unique<AppSettings>(file(QStringLiteral("settings.ini")));
    auto given = std::make_unique<Answers>();
    answers = given.get();
    environment.dialogs = std::move(given);
    environment.localFolders = local;
    environment.hub = [this] { return hub; };
    environment.detection = {"", file(QStringLiteral("sys")).toStdString(),
                             file(QStringLiteral("share")).toStdString()};
    if (recovery) environment.recoveryFolder = file(QStringLiteral("recovery"));
    window = std::make_unique<MainWindow>(std::move(environment));
    window->resize(1280, 800);
    window->show();
    QApplication::setActiveWindow(window.get());
    QCoreApplication::processEvents();
  }

  QString file(const QString& name) const { return folder.filePath(name); }
  QString write(const QString& name, const QByteArray& bytes) const {
    QFile f(file(name));
    EXPECT_TRUE(f.open(QIODevice::WriteOnly));
    f.write(bytes);
    return f.fileName();
  }
  template <typename T>
  T* find(const char* name) const {
    T* found = window->findChild<T*>(QLatin1String(name));
    EXPECT_NE(found, nullptr) << name;
    return found;
  }
  void trigger(const char* action) const { find<QAction>(action)->trigger(); }
  Document& document() const { return window->document(); }
  const Scenario& scenario() const { return document().scenario(); }
  // Until what a page works out off the window's thread is there.
  void settle() const {
    const auto busy = [&] {
      return (window->page() == MainWindow::devices && window->devicesPage()->search().busy()) ||
             (window->page() == MainWindow::sweep && window->sweepPage()->busy()) ||
             (window->page() == MainWindow::plan && window->planPage()->busy());
    };
    QCoreApplication::processEvents();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !busy(); }, 30'000));
    QCoreApplication::processEvents();
  }
  // Figures of the scenario as it stands, straight from the core.
  Estimate truth() const { return estimate(scenario()); }

  QTemporaryDir folder;
  HubOptions hub;
  LocalFolders local;
  std::unique_ptr<MainWindow> window;
  Answers* answers = nullptr;
};

}  // namespace headroom::ui
