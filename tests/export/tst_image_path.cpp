// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "export/files/image_path.h"

#include <QtTest>

class TestImagePath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inside_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name :
             {"a.jpg", "sub/a.jpg", "a..b.jpg", "..a.jpg", "sub/./a.jpg", "\u00fc \u732b.png"})
            QTest::newRow(name) << QByteArray(name);
    }
    void inside()
    {
        QFETCH(QByteArray, name);
        const auto path = exporters::resolveImagePath("/images", name.toStdString());
        QCOMPARE(path.string(), "/images/" + name.toStdString());
    }

    void outside_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"", "/etc/passwd", "../a.jpg", "sub/../../a.jpg", "..", "sub/..",
                                 "..\\a.jpg", "C:\\a.jpg", "C:a.jpg"})
            QTest::addRow("\"%s\"", name) << QByteArray(name);
        QTest::newRow("zero byte") << QByteArray("a.jpg\0.png", 10);
    }
    void outside()
    {
        QFETCH(QByteArray, name);
        QVERIFY_EXCEPTION_THROWN(exporters::resolveImagePath("/images", name.toStdString()),
                                 core::Error);
    }
};

QTEST_APPLESS_MAIN(TestImagePath)
#include "tst_image_path.moc"
