// Any number with its digits in groups.
#pragma once

#include <QString>

namespace headroom::ui {

// "131 072.00" of "131072.00": groups of three before the point, kept together by no-break spaces, as grouped() writes
// whole numbers. What stands behind the point, and before four digits, stays.
QString groupedNumber(QString number);

}  // namespace headroom::ui
