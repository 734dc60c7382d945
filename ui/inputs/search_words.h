// What people type into a search, and what it is held against: letters and digits alone, an amount with its unit as one
// word, so that "4 bit", "4-bit" and "4bit" are the same question everywhere.
#pragma once

#include <QString>
#include <QStringList>

namespace headroom::ui {

// Letters and digits in lower case: "Llama 3.1 8B" becomes "llama318b".
QString reduced(const QString& text);

// The words of a query, reduced; a number and its unit are one ("48 GB", "4 bit").
QStringList searchWords(const QString& query);

// What is searched, of parts of which each is reduced; a space keeps the amounts in them apart.
QString searchKey(const QStringList& parts);

// Whether the key holds the word: "8gb" is not in "48gb", but "8b" is in "llama318b".
bool holdsWord(const QString& key, const QString& word);
bool holdsWords(const QString& key, const QStringList& words);

// How people ask for a number format, whoever's it is: by its id, and by its bits ("4bit int4 q4 …"). Scales come on
// top of the bits a format is named for.
QString formatWords(const QString& id, double bits);

}  // namespace headroom::ui
