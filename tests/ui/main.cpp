#include <gtest/gtest.h>

#include <QApplication>

#include "ui/languages/language.h"

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  headroom::ui::useLanguage(QStringLiteral("en"));  // whatever the machine speaks
  return RUN_ALL_TESTS();
}
