// The help inside the program: found by words, opened at the passage about any control, and the first start.
#include <QFile>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextBrowser>

#include "core/open/asked_keys.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/help/help_view.h"
#include "ui/inputs/option.h"
#include "ui/pages/learn/learn_page.h"
#include "ui/pages/learn/story_card.h"
#include "ui/window/welcome_dialog.h"

namespace headroom::ui {
namespace {

class HelpTest : public WindowTest {
 protected:
  static QString textAt(const HelpBook& book, const HelpPlace& place) {
    return book.document(place.page)->findBlockByNumber(place.block).text();
  }
};

TEST_F(HelpTest, EveryPageIsThereAndSaysWhatItIsCalled) {
  const HelpBook book;
  EXPECT_GE(book.pages(), 14);
  for (const char* name : {"numbers.md", "glossary.md", "keyboard.md", "privacy.md", "methods.md", "CHANGELOG.md"}) {
    const auto page = book.pageNamed(QLatin1String(name));
    ASSERT_TRUE(page) << name;
    EXPECT_FALSE(book.title(*page).isEmpty()) << name;
    EXPECT_GT(book.document(*page)->blockCount(), 5) << name;
  }
}

// F1 on any control opens its passage, so there is one for each: the block holds the key's name or its object's.
TEST_F(HelpTest, ThereIsAPassageForEveryKey) {
  const HelpBook book;
  std::vector<std::string> keys = scenarioKeys();
  for (const Option& o : allOptions()) keys.emplace_back(keyOf(o.field));
  for (const std::string& key : keys) {
    if (key.starts_with("calibration.")) continue;
    const auto place = book.placeOfKey(key);
    ASSERT_TRUE(place) << key << ": resources/help/scenario.md does not speak of it";
    const QString word = QString::fromStdString(key).section(QLatin1Char('.'), -1);
    const QString object = QString::fromStdString(key).section(QLatin1Char('.'), 0, 0);
    const QString text = textAt(book, *place);
    EXPECT_TRUE(text.contains(word) || text.contains(object)) << key << ": " << text.toStdString();
  }
  EXPECT_TRUE(textAt(book, *book.placeOfKey("training.rank")).startsWith(QStringLiteral("rank")));
  EXPECT_NE(book.placeOfKey("training.rank")->block, book.placeOfKey("lora.rank")->block);
  EXPECT_TRUE(textAt(book, *book.placeOfKey("context")).startsWith(QStringLiteral("context")));
  EXPECT_FALSE(book.placeOfKey("no_such_key"));
}

TEST_F(HelpTest, ASearchFindsPassagesAndShowsThem) {
  trigger("actionHelpBook");
  auto* view = find<HelpView>("helpView");
  EXPECT_TRUE(view->isVisible());
  const int pages = find<QListWidget>("helpList")->count();
  EXPECT_EQ(pages, view->book().pages());
  view->find(QStringLiteral("fragmentation allocator"));
  EXPECT_GT(find<QListWidget>("helpList")->count(), 0);
  EXPECT_TRUE(textAt(view->book(), view->shown()).contains(QStringLiteral("fragmentation"), Qt::CaseInsensitive));
  view->find(QStringLiteral("no such words anywhere"));
  EXPECT_EQ(find<QListWidget>("helpList")->count(), 1);
  EXPECT_TRUE(find<QListWidget>("helpList")->item(0)->text().contains(QStringLiteral("Nothing")));
  view->find({});
  EXPECT_EQ(find<QListWidget>("helpList")->count(), pages);
}

// Row by row the same page: a word that was added in English is missing nowhere, and a page says where it is English.
TEST_F(HelpTest, ThePagesThatAreTranslatedHoldWhatTheEnglishOnesDo) {
  const HelpBook english({}, QStringLiteral("en"));
  for (const char* language : {"de", "zh_CN"}) {
    const HelpBook book({}, QLatin1String(language));
    ASSERT_EQ(book.pages(), english.pages()) << language;
    for (int page = 0; page < book.pages(); ++page) {
      const std::string what = std::string(language) + " " + book.name(page).toStdString();
      const std::string name = book.name(page).toStdString();
      const bool short_ = name == "glossary.md" || name == "keyboard.md" || name == "numbers.md";
      EXPECT_EQ(book.isTranslated(page), short_) << what;
      EXPECT_EQ(book.document(page)->blockCount(), english.document(page)->blockCount()) << what;
      EXPECT_EQ(book.title(page) != english.title(page), short_) << what;
      EXPECT_TRUE(english.isTranslated(page));
    }
  }
}

TEST_F(HelpTest, EveryLinkBetweenPagesLeadsSomewhere) {
  const HelpBook book;
  static const QRegularExpression kLink(QStringLiteral("\\]\\(([\\w.]+\\.md)(#[\\w-]*)?\\)"));
  for (int page = 0; page < book.pages(); ++page) {
    QFile file(QStringLiteral(":/help/") + book.name(page));
    if (!file.open(QIODevice::ReadOnly)) continue;
    auto links = kLink.globalMatch(QString::fromUtf8(file.readAll()));
    while (links.hasNext()) {
      const QString name = links.next().captured(1);
      EXPECT_TRUE(book.pageNamed(name)) << book.name(page).toStdString() << " → " << name.toStdString();
    }
  }
}

TEST_F(HelpTest, TheKeyboardsPageListsTheCommandsOfTheMenus) {
  trigger("actionShortcuts");
  const auto* view = find<HelpView>("helpView");
  EXPECT_EQ(view->book().name(view->shown().page), QStringLiteral("keyboard.md"));
  const QString text = view->book().document(view->shown().page)->toPlainText();
  for (const char* command : {"Save", "Undo", "Learn", "What has the focus", "Find a model"})
    EXPECT_TRUE(text.contains(QLatin1String(command))) << command;
  trigger("actionNews");
  EXPECT_EQ(view->book().name(view->shown().page), QStringLiteral("CHANGELOG.md"));
}

TEST_F(HelpTest, EveryStoryOpensAsADocument) {
  for (const Story& story : stories()) {
    window->setPage(MainWindow::learn);
    window->learnPage()->showPart(LearnPage::worked);
    find<QPushButton>(qPrintable(QStringLiteral("openStory_") + QLatin1String(story.id)))->click();
    const Work& work = document().work();
    EXPECT_GE(work.scenarios.size(), 3U) << story.id;
    EXPECT_TRUE(work.baseline) << story.id;
    for (const ScenarioPointer& s : work.scenarios) {
      EXPECT_TRUE(s->model) << story.id;
      EXPECT_FALSE(s->name.empty()) << story.id;
      EXPECT_TRUE(estimate(*s).refused.empty()) << story.id << " " << s->name;
    }
    EXPECT_FALSE(document().isModified());
    EXPECT_EQ(window->page(), MainWindow::compare);
  }
  // What the last story says: about as many parameters, and twice the cache.
  const auto& shapes = document().work().scenarios;
  const Estimate deep = estimate(*shapes.front()), wide = estimate(*shapes.back());
  EXPECT_NEAR(static_cast<double>(deep.parameters.value()) / static_cast<double>(wide.parameters.value()), 1, 0.03);
  EXPECT_DOUBLE_EQ(deep.kvBytesPerToken, 2 * wide.kvBytesPerToken);
}

TEST_F(HelpTest, TheFirstStartOffersThreeQuestions) {
  WelcomeDialog dialog(window.get());
  EXPECT_EQ(dialog.findChildren<StoryCard*>().size(), 3);
  QString chosen;
  QObject::connect(&dialog, &WelcomeDialog::storyChosen, [&](const Story& story) { chosen = QLatin1String(story.id); });
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  dialog.findChild<QPushButton*>(QStringLiteral("openStory_training"))->click();
  EXPECT_EQ(chosen, QStringLiteral("training"));
}

}  // namespace
}  // namespace headroom::ui
