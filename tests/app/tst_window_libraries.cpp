// SPDX-License-Identifier: Apache-2.0
// What the window is started with: each library costs time before anything shows. LibTorch alone is
// half a second, OpenCV's codecs a tenth. They come later (core/file/module_file.h).
#include <QProcess>
#include <QTest>

class TestWindowLibraries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noneOfThemIsHeavy()
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("LD_TRACE_LOADED_OBJECTS", "1"); // the dynamic linker lists and leaves
        program.setProcessEnvironment(environment);
        program.start(MASKWRIGHT_BIN_DIR "/maskwright", QStringList());
        QVERIFY(program.waitForFinished(60'000));
        const QByteArray libraries = program.readAllStandardOutput();
        QVERIFY2(libraries.contains("libQt6Widgets"), libraries);
        for (const char *heavy : {"libtorch", "libc10", "libopencv_imgcodecs", "libgdal"})
            QVERIFY2(!libraries.contains(heavy), heavy);
    }
};

QTEST_GUILESS_MAIN(TestWindowLibraries)
#include "tst_window_libraries.moc"
