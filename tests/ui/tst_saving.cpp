// SPDX-License-Identifier: Apache-2.0
#include "picture_folder.h"
#include "ui/editing/edits.h"

#include <QtTest>

#include <sys/resource.h>

#include <csignal>

using namespace ui;

namespace
{

/// No file of this program grows beyond so many bytes: writing fails as on a disk that breaks.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before;
};

std::vector<std::string> namesIn(const std::filesystem::path &file)
{
    std::vector<std::string> names;
    for (const core::Category &category :
         project::ProjectFile(file, project::OpenMode::ReadOnly).load().categories)
        names.push_back(category.name);
    return names;
}

} // namespace

class TestSaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyActionIsSavedAtOnce()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        addCategory(document, QStringLiteral("car"));
        QCOMPARE(document.unsavedCount(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(document.unsavedCount(), 0, 20000);
        QCOMPARE(namesIn(document.projectFile()), std::vector<std::string>{"car"});
    }

    void whatCouldNotBeSavedWaitsInOrderAndIsSavedLater()
    {
        PictureFolder folder(1);
        Document document;
        folder.openIn(document);
        addCategory(document, QStringLiteral("before"));
        QVERIFY(document.waitForSaved(20000));
        QSignalSpy failed(&document, &Document::saveFailed);
        {
            const FileSizeLimit limit(1);
            const core::Id first = addCategory(document, QStringLiteral("first"));
            renameCategory(document, first, QStringLiteral("renamed"));
            addCategory(document, QStringLiteral("second"));
            QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
            QVERIFY(!document.waitForSaved(20000)); // tries again, in vain
            QCOMPARE(failed.count(), 2);
            QCOMPARE(document.unsavedCount(), 3);
            QCOMPARE(document.categories().size(), std::size_t(3)); // the work stays
            QCOMPARE(namesIn(document.projectFile()), std::vector<std::string>{"before"});
        }
        document.retrySaving();
        QTRY_COMPARE_WITH_TIMEOUT(document.unsavedCount(), 0, 20000);
        QCOMPARE(namesIn(document.projectFile()),
                 (std::vector<std::string>{"before", "renamed", "second"}));
    }

    void theEndOfADocumentTriesOnceMore()
    {
        PictureFolder folder(1);
        std::filesystem::path file;
        {
            Document document;
            folder.openIn(document);
            file = document.projectFile();
            QSignalSpy failed(&document, &Document::saveFailed);
            const auto limit = std::make_unique<FileSizeLimit>(1);
            addCategory(document, QStringLiteral("car"));
            QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        }
        QCOMPARE(namesIn(file), std::vector<std::string>{"car"});
    }
};

QTEST_GUILESS_MAIN(TestSaving)
#include "tst_saving.moc"
