// What the program remembers between runs, as one table of typed keys; nothing else names a settings key.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace headroom::ui {

template <typename T>
struct Setting {
  const char* key;
  T fallback;
};

namespace setting {
inline const Setting<QString> kTheme{"view/theme", QStringLiteral("system")};        // system | light | dark
inline const Setting<QString> kUnit{"view/unit", QStringLiteral("gib")};             // gib | gb
inline const Setting<QString> kLanguage{"view/language", QStringLiteral("system")};  // or a code: en | de | zh_CN
inline const Setting<int> kPage{"window/page", 0};
inline const Setting<bool> kWelcomed{"window/welcomed", false};  // the first start is over
inline const Setting<QByteArray> kGeometry{"window/geometry", {}};
inline const Setting<QByteArray> kWindowState{"window/state", {}};
inline const Setting<QByteArray> kSplitter{"window/splitter", {}};
inline const Setting<QStringList> kFolded{"inputs/open_sections", {}};
inline const Setting<QStringList> kCompared{
    "devices/compared", {QStringLiteral("a10g"), QStringLiteral("l4"), QStringLiteral("a100-80gb")}};
inline const Setting<QStringList> kRecent{"files/recent", {}};
inline const Setting<QString> kLastFolder{"files/last_folder", {}};
inline const Setting<QString> kExportFolder{"files/export_folder", {}};
}  // namespace setting

class AppSettings {
 public:
  // The user's ini file; a given path is for tests.
  AppSettings()
      : store_(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("headroom"), QStringLiteral("headroom")) {}
  explicit AppSettings(const QString& file) : store_(file, QSettings::IniFormat) {}

  template <typename T>
  T get(const Setting<T>& s) const {
    return store_.value(QLatin1String(s.key), QVariant::fromValue(s.fallback)).template value<T>();
  }
  template <typename T>
  void set(const Setting<T>& s, const T& value) {
    store_.setValue(QLatin1String(s.key), QVariant::fromValue(value));
  }

  // The last files opened or saved, newest first, at most ten.
  void remember(const QString& file);

 private:
  QSettings store_;
};

}  // namespace headroom::ui
