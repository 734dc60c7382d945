// A number of tokens as the window shows it.
#pragma once

#include <QString>

namespace headroom::ui {

// "512", "8K", "128K", "1M": tokens as powers of two are said; other numbers in full and grouped.
QString tokensLabel(qint64 tokens);

}  // namespace headroom::ui
