// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/gestures.h"

#include <QFile>
#include <QTest>

class TestReadme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsTheGesturesOfTheProgram();
};

/// MASKWRIGHT_UPDATE_README=1 writes the program's table into the README instead.
void TestReadme::listsTheGesturesOfTheProgram()
{
    QFile readme(QStringLiteral(TEST_DATA_DIR "/../../README.md"));
    QVERIFY2(readme.open(QIODevice::ReadOnly), qPrintable(readme.errorString()));
    QString text = QString::fromUtf8(readme.readAll());
    readme.close();
    const QString table = ui::gestureMarkdown().trimmed();
    QVERIFY(table.count(QLatin1Char('\n')) > 20);
    const qsizetype begin = text.indexOf(table.section(QLatin1Char('\n'), 0, 0));
    const qsizetype end = text.indexOf(QStringLiteral("\n\n"), begin);
    QVERIFY2(begin >= 0 && end > begin, "README.md has no table of mouse and keys");
    if (qEnvironmentVariableIsSet("MASKWRIGHT_UPDATE_README")) {
        text.replace(begin, end - begin, table);
        QVERIFY(readme.open(QIODevice::WriteOnly));
        QCOMPARE(readme.write(text.toUtf8()), text.toUtf8().size());
        return;
    }
    const QStringList rows = table.split(QLatin1Char('\n'));
    const QStringList listed = text.mid(begin, end - begin).split(QLatin1Char('\n'));
    for (const QString &row : rows)
        QVERIFY2(listed.contains(row), qPrintable(QStringLiteral("README.md lacks ") + row));
    QVERIFY2(listed == rows, "README.md has rows that the program has not");
}

QTEST_GUILESS_MAIN(TestReadme)
#include "tst_readme.moc"
