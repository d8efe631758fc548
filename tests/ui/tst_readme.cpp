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

void TestReadme::listsTheGesturesOfTheProgram()
{
    QFile readme(QStringLiteral(TEST_DATA_DIR "/../../README.md"));
    QVERIFY2(readme.open(QIODevice::ReadOnly), qPrintable(readme.errorString()));
    const QString text = QString::fromUtf8(readme.readAll());
    const QStringList rows = ui::gestureMarkdown().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QVERIFY(rows.size() > 20);
    for (const QString &row : rows)
        QVERIFY2(text.contains(row), qPrintable(QStringLiteral("README.md lacks ") + row));
    const int begin = text.indexOf(rows.first());
    const int end = text.indexOf(QStringLiteral("\n\n"), begin);
    QVERIFY2(text.mid(begin, end - begin) == rows.join(QLatin1Char('\n')),
             "README.md has rows that the program has not");
}

QTEST_GUILESS_MAIN(TestReadme)
#include "tst_readme.moc"
