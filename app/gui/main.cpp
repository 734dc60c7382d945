#include <QApplication>
#include <QWidget>

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  QApplication::setApplicationName(QStringLiteral("headroom"));
  QApplication::setApplicationVersion(QStringLiteral(HEADROOM_VERSION));
  QWidget window;
  window.show();
  return QApplication::exec();
}
