// headroom --export: pictures without a window to see.
#include "ui/window/export_command.h"

#include <QImage>

#include "core/open/scenario_json.h"
#include "tests/ui/window/window_fixture.h"

namespace headroom::ui {
namespace {

TEST_F(WindowTest, TheExportCommandDrawsChartsAndPagesAndRefusesTheRest) {
  const QString from = file(QStringLiteral("a.headroom.json"));
  ASSERT_TRUE(writeScenarioFile(scenario(), from.toStdString()));
  const auto draw = [&](const char* view) {
    const QString to = file(QString::fromLatin1(view) + QStringLiteral(".png"));
    EXPECT_EQ(exportCommand(from, to, QString::fromLatin1(view)), 0) << view;
    return QImage(to);
  };
  const QImage explore = draw("window"), model = draw("model");
  EXPECT_EQ(explore.size(), model.size());
  EXPECT_NE(explore, model) << "another page is another picture";
  EXPECT_FALSE(draw("breakdown").isNull());
  EXPECT_EQ(exportCommand(from, file(QStringLiteral("x.png")), QStringLiteral("nonsense")), 2);
  EXPECT_EQ(exportCommand(file(QStringLiteral("not there.headroom.json")), file(QStringLiteral("x.png")),
                          QStringLiteral("breakdown")),
            3);
}

}  // namespace
}  // namespace headroom::ui
