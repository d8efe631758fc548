// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_file.h"

#include "core/error.h"
#include "sample_changes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using project::Contents;
using project::ProjectFile;
namespace fs = std::filesystem;

class TestProjectFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    fs::path m_folder;
    fs::path m_file;

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        m_folder = fs::path(m_directory.path().toStdString()) /
                   (u8"Bilder \u00e4 " + std::u8string(1, char8_t('a' + number++)));
        fs::create_directory(m_folder);
        m_file = m_folder / project::defaultFileName;
        ProjectFile::create(m_file, m_folder);
    }

    void aNewProjectIsEmpty()
    {
        const Contents contents = ProjectFile(m_file).load();
        QVERIFY(contents.images.empty() && contents.categories.empty() &&
                contents.annotations.empty());
        QCOMPARE(contents.nextImageId, core::Id(1));
        QVERIFY(fs::equivalent(contents.imageRoot, m_folder));
    }

    void whatIsAppliedIsLoadedAgain()
    {
        const project::ChangeSet changes = sampleChanges();
        ProjectFile(m_file).apply(changes);
        const Contents contents = ProjectFile(m_file).load();
        QVERIFY(contents.images == changes.putImages);
        QVERIFY(contents.categories == changes.putCategories);
        QVERIFY(sameAnnotations(contents.annotations, changes.putAnnotations));
    }

    void whatOtherProgramsSayIsKept()
    {
        project::ChangeSet changes = sampleChanges();
        changes.putForeign = R"({"info":{"year":2026},"licenses":[]})";
        changes.putImages[0].foreign = R"({"flickr_url":"http://x/\u6f22"})";
        changes.putCategories[1].isThing = false;
        changes.putCategories[1].foreign = R"({"keypoints":["a"]})";
        project::AnnotationRecord record = *changes.putAnnotations[0];
        record.annotation.score = 0.1;
        record.annotation.track = 77;
        record.annotation.foreign = R"({"occluded":true})";
        record.annotation.box = core::Box{-0.5, 0.25, 3, 4};
        changes.putAnnotations[0] = std::make_shared<const project::AnnotationRecord>(record);
        project::ProposalRecord proposal{1, 1, "car", 1, {0, 0, 2, 2}, {}, false, 5, R"({"a":1})"};
        changes.putProposals = {std::make_shared<const project::ProposalRecord>(proposal)};
        ProjectFile(m_file).apply(changes);
        const Contents contents = ProjectFile(m_file).load();
        QCOMPARE(contents.foreign, *changes.putForeign);
        QVERIFY(contents.images == changes.putImages);
        QVERIFY(contents.categories == changes.putCategories);
        QVERIFY(sameAnnotations(contents.annotations, changes.putAnnotations));
        QVERIFY(*contents.proposals.at(0) == proposal);

        project::ChangeSet back; // by undo
        back.putForeign = std::string();
        back.putAnnotations = {sampleChanges().putAnnotations[0]};
        ProjectFile(m_file).apply(back);
        const Contents now = ProjectFile(m_file).load();
        QVERIFY(now.foreign.empty());
        QVERIFY(sameAnnotations(now.annotations, sampleChanges().putAnnotations));
    }

    void proposalsWaitInTheFile()
    {
        const auto shared = [](const project::ProposalRecord &record) {
            return std::make_shared<const project::ProposalRecord>(record);
        };
        const project::ProposalRecord box{1, 1, "\u72ac", 0.875, {1.5, 0, 6.25, 4.125}, {}};
        const project::ProposalRecord mask{2, 1, "car", -3.5, {0, 0, 3, 3}, {{7, 5}, {1, 2, 32}}};
        {
            ProjectFile file(m_file);
            QCOMPARE(file.load().nextProposalId, core::Id(1));
            project::ChangeSet imported = sampleChanges();
            imported.putProposals = {shared(box), shared(mask)};
            file.apply(imported);
            const Contents contents = file.load();
            QCOMPARE(contents.proposals.size(), std::size_t(2));
            QVERIFY(*contents.proposals[0] == box);
            QVERIFY(*contents.proposals[1] == mask);
            QVERIFY(!contents.proposals[0]->hasMask() && contents.proposals[1]->hasMask());
            project::ChangeSet accepted; // in one transaction
            accepted.putAnnotations = {makeAnnotation(3, 1, 2, 4)};
            accepted.removedProposals = {1};
            file.apply(accepted);
        }
        const Contents contents = ProjectFile(m_file).load();
        QCOMPARE(contents.proposals.size(), std::size_t(1));
        QVERIFY(*contents.proposals[0] == mask);
        QCOMPARE(contents.annotations.size(), std::size_t(3));
        QCOMPARE(contents.nextProposalId, core::Id(3)); // no id is given twice
    }

    void aProposalOfNoPictureIsRefusedAsAWhole()
    {
        ProjectFile file(m_file);
        file.apply(sampleChanges());
        project::ChangeSet changes;
        changes.putCategories = {{9, "lost", "", 0}};
        changes.putProposals = {std::make_shared<const project::ProposalRecord>(
            project::ProposalRecord{1, 77, "car", 0.5, {0, 0, 2, 2}, {}})};
        QVERIFY_EXCEPTION_THROWN(file.apply(changes), core::Error);
        QCOMPARE(file.load().categories.size(), std::size_t(2));
        QVERIFY(file.load().proposals.empty());
    }

    void putReplacesAndRemoveTakesAway()
    {
        ProjectFile file(m_file);
        file.apply(sampleChanges());
        project::ChangeSet changes;
        changes.putImages = {{1, "renamed.jpg", {9, 9}}};
        changes.putAnnotations = {makeAnnotation(1, 2, 1, 5)};
        changes.removedAnnotations = {2};
        changes.removedCategories = {2};
        file.apply(changes);
        const Contents contents = file.load();
        QCOMPARE(contents.images[0].fileName, std::string("renamed.jpg"));
        QCOMPARE(contents.categories.size(), std::size_t(1));
        QVERIFY(sameAnnotations(contents.annotations, changes.putAnnotations));
    }

    void idsOfDeletedThingsAreNotGivenAgain()
    {
        {
            ProjectFile file(m_file);
            file.apply(sampleChanges());
            project::ChangeSet changes;
            changes.removedAnnotations = {2};
            changes.removedCategories = {2};
            file.apply(changes);
        }
        const Contents contents = ProjectFile(m_file).load();
        QCOMPARE(contents.nextAnnotationId, core::Id(3));
        QCOMPARE(contents.nextCategoryId, core::Id(3));
    }

    void aChangeThatCannotBeMadeChangesNothing()
    {
        ProjectFile file(m_file);
        file.apply(sampleChanges());
        project::ChangeSet changes;
        changes.putCategories = {{3, "never seen", "", 0}};
        changes.putAnnotations = {makeAnnotation(3, 99, 1, 0)}; // there is no image 99
        QVERIFY_EXCEPTION_THROWN(file.apply(changes), core::Error);
        const Contents contents = file.load();
        QCOMPARE(contents.categories.size(), std::size_t(2));
        QCOMPARE(contents.annotations.size(), std::size_t(2));
        file.apply({}); // and the file goes on working
    }

    void aProjectMovesWithItsFolder()
    {
        ProjectFile(m_file).apply(sampleChanges());
        fs::path moved = m_folder;
        moved += "-moved";
        fs::rename(m_folder, moved);
        QVERIFY(
            fs::equivalent(ProjectFile(moved / project::defaultFileName).load().imageRoot, moved));
    }

    void aProjectElsewhereKeepsItsImageFolder()
    {
        const fs::path elsewhere = fs::path(m_directory.path().toStdString()) / "elsewhere.mwproj";
        ProjectFile::create(elsewhere, m_folder);
        QVERIFY(fs::equivalent(ProjectFile(elsewhere).load().imageRoot, m_folder));
    }

    void aProjectMovedTogetherWithItsImagesFindsThem()
    {
        const fs::path top = fs::path(m_directory.path().toStdString()) / "together";
        fs::create_directories(top / "projects");
        fs::create_directories(top / "photos");
        const fs::path file = top / "projects" / "p.mwproj";
        ProjectFile::create(file, top / "photos");
        project::ChangeSet changes;
        changes.putImages = {{1, "a.jpg", {}}};
        ProjectFile(file).apply(changes);
        QVERIFY(ProjectFile(file).load().imagesAreMissing);
        std::ofstream(top / "photos" / "a.jpg").put('x');
        QVERIFY(!ProjectFile(file).load().imagesAreMissing);

        const fs::path moved = fs::path(m_directory.path().toStdString()) / "moved";
        fs::rename(top, moved);
        QVERIFY(fs::equivalent(ProjectFile(moved / "projects" / "p.mwproj").load().imageRoot,
                               moved / "photos"));
        // The project alone, to the images' folder's other side.
        const fs::path alone = moved / "projects" / "deep" / "p.mwproj";
        fs::create_directories(alone.parent_path());
        project::ChangeSet found;
        found.putImageRoot = moved / "photos";
        ProjectFile(moved / "projects" / "p.mwproj").apply(found);
        fs::rename(moved / "projects" / "p.mwproj", alone);
        const Contents contents = ProjectFile(alone).load();
        QVERIFY(!contents.imagesAreMissing);
        QVERIFY(fs::equivalent(contents.imageRoot, moved / "photos"));
    }

    void aCopyHoldsTheSameAndKnowsWhereTheImagesAre()
    {
        ProjectFile(m_file).apply(sampleChanges());
        const fs::path copy = fs::path(m_directory.path().toStdString()) / "copy.mwproj";
        project::copyProject(m_file, copy, m_folder);
        const Contents contents = ProjectFile(copy).load();
        QVERIFY(sameAnnotations(contents.annotations, sampleChanges().putAnnotations));
        QVERIFY(fs::equivalent(contents.imageRoot, m_folder));
    }

    void createRefusesWhatIsThere()
    {
        ProjectFile(m_file).apply(sampleChanges());
        QVERIFY_EXCEPTION_THROWN(ProjectFile::create(m_file, m_folder), core::Error);
        QCOMPARE(ProjectFile(m_file).load().annotations.size(), std::size_t(2));
    }

    void openingKeepsTheLastTwoStates()
    {
        const auto backup = [this](int n) {
            fs::path path = m_file;
            return path += ".backup-" + std::to_string(n);
        };
        const auto imagesIn = [](const fs::path &file) {
            return ProjectFile(file, project::OpenMode::ReadOnly).load().images.size();
        };
        for (core::Id n = 1; n <= 3; ++n) {
            ProjectFile file(m_file);
            project::ChangeSet changes;
            changes.putImages = {{n, std::to_string(n), {}}};
            file.apply(changes);
        }
        QCOMPARE(imagesIn(backup(1)), std::size_t(2));
        QCOMPARE(imagesIn(backup(2)), std::size_t(1));
        ProjectFile(m_file).apply({});
        ProjectFile(m_file).apply({}); // nothing changed since: the older copy stays
        QCOMPARE(imagesIn(backup(1)), std::size_t(3));
        QCOMPARE(imagesIn(backup(2)), std::size_t(2));
    }

    void theCopyIsKeptBeforeTheFirstChange()
    {
        const auto apply = [](ProjectFile &file, core::Id image) {
            project::ChangeSet changes;
            changes.putImages = {{image, std::to_string(image), {}}};
            file.apply(changes);
        };
        fs::path copy = m_file;
        copy += ".backup-1";
        {
            ProjectFile file(m_file);
            apply(file, 1);
        }
        fs::remove(copy);
        ProjectFile file(m_file);
        QVERIFY(file.load().images.size() == 1 &&
                !fs::exists(copy)); // opening does not wait for it
        apply(file, 2);
        QCOMPARE(ProjectFile(copy, project::OpenMode::ReadOnly).load().images.size(),
                 std::size_t(1));
        fs::remove(copy);
        apply(file, 3);
        file.apply({}); // once: of what was opened, not of what has become of it
        QVERIFY(!fs::exists(copy));
    }
};

QTEST_GUILESS_MAIN(TestProjectFile)
#include "tst_project_file.moc"
