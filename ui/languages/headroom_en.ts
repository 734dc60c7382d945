<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>headroom::ui</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more lines</source>
        <translation>
            <numerusform>and one more line</numerusform>
            <numerusform>and %n more lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>⚠ %n settings without effect</source>
        <translation>
            <numerusform>⚠ one setting without effect</numerusform>
            <numerusform>⚠ %n settings without effect</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sure decimal digits</source>
        <translation>
            <numerusform>%n sure decimal digit</numerusform>
            <numerusform>%n sure decimal digits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n keys</source>
        <translation>
            <numerusform>one key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryBar</name>
    <message numerus="yes">
        <source>%n others %1</source>
        <translation>
            <numerusform>%n other %1</numerusform>
            <numerusform>%n others %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headroom::ui::OptionSections</name>
    <message numerus="yes">
        <source>%n set</source>
        <translation>
            <numerusform>%n set</numerusform>
            <numerusform>%n set</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
