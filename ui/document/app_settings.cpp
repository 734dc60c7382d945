#include "ui/document/app_settings.h"

namespace headroom::ui {

void AppSettings::remember(const QString& file) {
  constexpr qsizetype kMost = 10;
  QStringList recent = get(setting::kRecent);
  recent.removeAll(file);
  recent.prepend(file);
  set(setting::kRecent, QStringList(recent.first(std::min(kMost, recent.size()))));
}

}  // namespace headroom::ui
