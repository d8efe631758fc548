// SPDX-License-Identifier: Apache-2.0
// Parts of the program that are loaded while it runs, and what is said of those that are not there.
#include "core/file/module_file.h"

#include "core/error.h"
#include "modules/sample.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <thread>

using core::Error;
using core::ErrorKind;
using core::loadModule;

class TestModuleFile : public QObject
{
    Q_OBJECT

    /// What is said of a file that is not loaded.
    static QString refusal(const QString &file)
    {
        try {
            loadModule(file.toStdString());
        } catch (const Error &error) {
            return error.kind() == ErrorKind::FileUnreadable ? QString(error.what()) : QString();
        }
        return {};
    }

private Q_SLOTS:
    void modulesLieBesideTheProgramsFolder()
    {
        const std::filesystem::path file = core::moduleFile("maskwright-some");
        QVERIFY(file.is_absolute());
        QCOMPARE(QString::fromStdString(file.filename().string()), "maskwright-some.so");
        QCOMPARE(QString::fromStdString(file.parent_path().filename().string()), "maskwright");
        const QString program = QCoreApplication::applicationDirPath();
        QVERIFY(QString::fromStdString(file.string())
                    .startsWith(program.left(program.lastIndexOf(u'/'))));
    }

    void errorsArriveAsWhatTheyAre()
    {
        const auto *functions = static_cast<const SampleFunctions *>(loadModule(TEST_MODULE));
        for (const ErrorKind kind : {ErrorKind::OutOfMemory, ErrorKind::Cancelled}) {
            bool caught = false;
            try {
                functions->fail(kind);
            } catch (const Error &error) {
                caught = error.kind() == kind && error.what() == std::string("as asked");
            }
            QVERIFY(caught);
        }
    }

    void aModuleIsLoadedOnceFromWhateverThread()
    {
        std::array<const void *, 4> tables{};
        {
            std::array<std::jthread, 4> threads;
            for (std::size_t i = 0; i < threads.size(); ++i)
                threads[i] = std::jthread([&tables, i] { tables[i] = loadModule(TEST_MODULE); });
        }
        QVERIFY(tables[0]);
        for (const void *table : tables)
            QCOMPARE(table, tables[0]);
    }

    void aMissingOneIsNamed()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("maskwright-some.so");
        const QString said = refusal(file);
        QVERIFY(said.contains('"' + file + '"'));
        QVERIFY(said.contains("is missing. Install Maskwright anew."));
    }

    void aBrokenOneIsNamed()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("maskwright-some.so"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a library");
        file.close();
        const QString said = refusal(file.fileName());
        QVERIFY(said.contains('"' + file.fileName() + '"'));
        QVERIFY(said.contains("cannot be loaded: "));
        QVERIFY(said.endsWith("Install Maskwright anew."));
    }

    /// A library that ends in the middle: an update that broke off.
    void oneThatIsCutShortIsRefused()
    {
        const QTemporaryDir folder;
        QFile whole(TEST_MODULE);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QFile file(folder.filePath("maskwright-some.so"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(whole.read(40)); // not even the header
        file.close();
        QVERIFY(refusal(file.fileName()).contains("cannot be loaded: "));
    }

    void anotherLibraryIsNoModule()
    {
        QVERIFY(refusal(TEST_NO_MODULE).contains("is no module of Maskwright."));
    }

    void oneOfAnotherBuildIsRefused()
    {
        const QString said = refusal(TEST_MODULE_OF_ANOTHER_BUILD);
        QVERIFY(said.contains("belongs to another build, 9.9.9 (another compiler), and this is " +
                              QString(core::moduleBuild)));
    }
};

QTEST_GUILESS_MAIN(TestModuleFile)
#include "tst_module_file.moc"
