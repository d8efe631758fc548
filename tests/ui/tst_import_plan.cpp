// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/apply_import.h"

#include "core/error.h"
#include "document_bytes.h"
#include "picture_folder.h"
#include "ui/editing/edits.h"

#include <QtTest>

using namespace ui;

// From what a file says to what a project holds, on a real document.
class TestImportPlan : public QObject
{
    Q_OBJECT

private:
    static constexpr core::Size size{PictureFolder::width, PictureFolder::height};

    struct Bench {
        PictureFolder folder{3};
        Document document;
        Bench() { folder.openIn(document); }
    };
    std::unique_ptr<Bench> m;

    core::Id imageId(int index) const { return m->document.images()[std::size_t(index)].id; }

    /// Pictures 100, 101 are the first two of the project; 102 is not there. Categories "dog" (7)
    /// and "cat" (3).
    ReadAnnotations read(std::vector<core::Annotation> annotations) const
    {
        ReadAnnotations read;
        read.dataset.categories = {{7, "dog", "animal", 0, true, R"({"keypoints":1})"},
                                   {3, "cat", "", 0x123456, false}};
        read.dataset.annotations = std::move(annotations);
        read.imageOf = {{100, imageId(0)}, {101, imageId(1)}};
        read.sizes = {{imageId(0), size}, {imageId(1), {}}};
        read.missing = {"elsewhere.png"};
        return read;
    }
    static core::Annotation object(core::Id id, core::Id image, unsigned first,
                                   core::Id category = 7)
    {
        return {id, image, category, runMask(first, 10), false};
    }
    static core::Annotation box(core::Id id, core::Id image, std::optional<double> score)
    {
        return {id, image, 7, {size, {}}, false, core::Box{1, 2, 11, 12}, score, 4, R"({"n":1})"};
    }
    core::Id draw(int image, unsigned first, const char *category = "dog")
    {
        project::AnnotationRecord record;
        record.annotation = {0, imageId(image),
                             addCategory(m->document, QString::fromLatin1(category)),
                             runMask(first, 10), false};
        return addAnnotation(m->document, record);
    }
    ImportPlan plan(ReadAnnotations read, ExistingObjects existing = ExistingObjects::Add) const
    {
        return planImport(std::move(read), m->document.snapshot(), m->document.proposals(),
                          existing);
    }
    bool import(ReadAnnotations read, ExistingObjects existing = ExistingObjects::Add)
    {
        return applyImport(m->document, plan(std::move(read), existing), QStringLiteral("Import"));
    }
    std::vector<project::AnnotationPointer> objects() const
    {
        return m->document.snapshot().annotations.toVector();
    }

private Q_SLOTS:
    void init() { m = std::make_unique<Bench>(); }
    void cleanup() { m.reset(); }

    void aPreviewCountsWhatBecomesOfEach()
    {
        draw(0, 900);
        draw(0, 1000);
        std::vector<core::Annotation> file{object(1, 100, 0), object(2, 100, 50),
                                           object(3, 101, 0, 3), object(4, 102, 0),
                                           box(5, 101, 0.5)};
        file.push_back({6, 100, 7, {{5, 5}, {0, 25}}, false});                 // of another size
        file.push_back({7, 101, 7, {{5, 5}, {0, 25}}, false});                 // which nobody knows
        file.push_back({8, 100, 7, {size, {unsigned(size.area())}}, false});   // no pixel
        file.push_back({9, 100, 7, {size, {}}, false, core::Box{3, 3, 3, 9}}); // nothing
        const ImportPreview preview = previewImport(read(file), m->document.snapshot());
        QCOMPARE(preview.objects, std::size_t(4));
        QCOMPARE(preview.boxes, std::size_t(1));
        QCOMPARE(preview.pictures, std::size_t(2));
        QCOMPARE(preview.elsewhere, std::size_t(1));
        QCOMPARE(preview.otherSize, std::size_t(1));
        QCOMPARE(preview.pixelless, std::size_t(2));
        QCOMPARE(preview.categories, std::size_t(2));
        QCOMPARE(preview.newCategories, std::vector<std::string>{"cat"}); // "dog" is there
        QCOMPARE(preview.occupied, std::size_t(1));
        QCOMPARE(preview.present, std::size_t(2));
    }

    void allThatAFileSaysIsKept()
    {
        core::Annotation full = object(12, 101, 30);
        full.isCrowd = true;
        full.score = 0.75;
        full.track = 9;
        full.foreign = R"({"occluded":true})";
        full.box = core::Box{0, 0, 5, 5}; // beside a mask: not kept
        const core::RunLengths &plain = full.mask.counts;
        full.mask.counts = {plain[0], 4, 0, 6, plain[2]};
        ReadAnnotations file = read({full, object(11, 100, 5, 3)});
        file.imageForeign[imageId(1)] = R"({"license":3})";
        file.foreign = R"({"licenses":[]})";
        QVERIFY(import(std::move(file)));

        QCOMPARE(m->document.undoStack()->count(), 1);
        QCOMPARE(objects().size(), std::size_t(2));
        const core::Annotation &kept = m->document.annotation(12)->annotation; // its id, too
        QCOMPARE(kept.imageId, imageId(1));
        QVERIFY(kept.mask == runMask(30, 10)); // without empty runs
        QVERIFY(kept.isCrowd && kept.score == 0.75 && kept.track == 9 && !kept.box);
        QCOMPARE(kept.foreign, full.foreign);
        const core::Category *dog = m->document.category(7);
        QVERIFY(dog && dog->name == "dog" && dog->supercategory == "animal" && dog->color != 0);
        QCOMPARE(dog->foreign, std::string(R"({"keypoints":1})"));
        const core::Category *cat = m->document.category(3);
        QVERIFY(cat && cat->color == 0x123456 && !cat->isThing);
        QCOMPARE(m->document.image(imageId(1))->foreign, std::string(R"({"license":3})"));
        QCOMPARE(m->document.foreign(), std::string(R"({"licenses":[]})"));
    }

    void undoAndReopeningGiveTheSameBytes()
    {
        draw(0, 900);
        const QByteArray before = bytesOf(m->document);
        ReadAnnotations file = read({object(1, 100, 0), box(2, 100, 0.5), object(3, 101, 0, 3)});
        file.imageForeign[imageId(0)] = R"({"a":1})";
        file.foreign = R"({"b":2})";
        QVERIFY(import(std::move(file), ExistingObjects::Replace));
        const QByteArray after = bytesOf(m->document);
        QVERIFY(after != before);
        m->document.undoStack()->undo();
        QCOMPARE(bytesOf(m->document), before);
        m->document.undoStack()->redo();
        QCOMPARE(bytesOf(m->document), after);
        QVERIFY(m->document.waitForSaved(20'000));
        QCOMPARE(bytesOf(m->document.projectFile()), after);
        m->document.undoStack()->undo();
        QVERIFY(m->document.waitForSaved(20'000));
        QCOMPARE(bytesOf(m->document.projectFile()), before);
    }

    void boxesWithoutAMaskBecomeProposals()
    {
        core::Annotation crowd = box(2, 101, {});
        crowd.isCrowd = true;
        QVERIFY(import(read({box(1, 100, 0.5), crowd, object(3, 100, 5)})));
        QCOMPARE(objects().size(), std::size_t(1));
        const ProposalTable &proposals = m->document.proposals();
        QCOMPARE(proposals.count(), std::size_t(2));
        const project::ProposalRecord &worst = *proposals.at(0);
        QCOMPARE(worst.score, 0.5);
        QCOMPARE(worst.category, std::string("dog"));
        QCOMPARE(worst.imageId, imageId(0));
        QVERIFY(worst.box == (core::Box{1, 2, 11, 12}) && !worst.hasMask());
        QVERIFY(worst.isScored && worst.track == 4);
        QCOMPARE(worst.foreign, std::string(R"({"n":1})"));
        QVERIFY(!worst.isCrowd);
        QVERIFY(!proposals.at(1)->isScored && proposals.at(1)->isCrowd);
        // The same file once more adds nothing.
        const ImportPlan again = plan(read({box(1, 100, 0.5), object(3, 100, 5)}));
        QCOMPARE(again.knownProposals.waiting, std::size_t(1));
        QCOMPARE(again.sameObjects, std::size_t(1));
        QVERIFY(again.objects->empty() && again.proposals->empty());
    }

    void whatHappensWhereObjectsAre_data()
    {
        QTest::addColumn<int>("existing");
        QTest::addColumn<int>("objects");
        QTest::addColumn<bool>("isDrawnThere");
        QTest::addColumn<int>("replaced");
        QTest::addColumn<int>("skipped");
        QTest::newRow("added") << int(ExistingObjects::Add) << 4 << true << 0 << 0;
        QTest::newRow("replaced") << int(ExistingObjects::Replace) << 3 << false << 1 << 0;
        QTest::newRow("skipped") << int(ExistingObjects::Skip) << 2 << true << 0 << 1;
    }

    void whatHappensWhereObjectsAre()
    {
        QFETCH(int, existing);
        QFETCH(int, objects);
        QFETCH(bool, isDrawnThere);
        QFETCH(int, replaced);
        QFETCH(int, skipped);
        const core::Id drawn = draw(0, 900);
        ReadAnnotations file = read({object(1, 100, 0), object(2, 100, 50), object(3, 101, 0)});
        file.imageForeign = {{imageId(0), R"({"a":1})"}, {imageId(1), R"({"b":1})"}};
        const ImportPlan worked = plan(std::move(file), ExistingObjects(existing));
        QCOMPARE(int(worked.replaced.size()), replaced);
        QCOMPARE(int(worked.skippedPictures), skipped);
        QVERIFY(applyImport(m->document, worked, QStringLiteral("Import")));
        QCOMPARE(int(this->objects().size()), objects);
        QCOMPARE(m->document.annotation(drawn) != nullptr, isDrawnThere);
        QCOMPARE(m->document.image(imageId(0))->foreign.empty(), skipped == 1);
        QVERIFY(!m->document.image(imageId(1))->foreign.empty());
    }

    void boxesAloneReplaceNothing()
    {
        const core::Id drawn = draw(0, 900);
        QVERIFY(import(read({box(1, 100, 0.5)}), ExistingObjects::Replace));
        QVERIFY(m->document.annotation(drawn) && m->document.proposals().count() == 1);
    }

    void theVerySameObjectIsNotAddedTwice()
    {
        draw(0, 50, "dog");
        const ImportPlan worked =
            plan(read({object(1, 100, 50, 7), object(2, 100, 50, 3), object(3, 101, 50, 7)}));
        QCOMPARE(worked.sameObjects, std::size_t(1)); // not as a cat, not in another picture
        QCOMPARE(worked.objects->size(), std::size_t(2));
        QCOMPARE(worked.pictures, std::size_t(2));
        // A picture that has them all gets nothing.
        const ImportPlan again = plan(read({object(1, 100, 50, 7), object(3, 101, 50, 7)}));
        QCOMPARE(again.pictures, std::size_t(1));
    }

    void idsThatWereUsedAreNotTaken()
    {
        const core::Id gone = draw(0, 900);
        deleteAnnotations(m->document, std::array{gone});
        QVERIFY(import(read({object(gone, 100, 0), object(gone + 7, 100, 50)})));
        QVERIFY(!m->document.annotation(gone));
        QCOMPARE(objects().size(), std::size_t(2));
        const std::vector<project::AnnotationPointer> all = objects();
        QVERIFY(all[0]->annotation.id > gone && all[1]->annotation.id > gone);
        QCOMPARE(m->document.newAnnotationId(), all[1]->annotation.id + 1);
    }

    void idsOutOfReachAreNotTaken()
    {
        QVERIFY(import(read({object(std::numeric_limits<core::Id>::max(), 100, 0)})));
        QCOMPARE(objects().at(0)->annotation.id, core::Id(1));
        QVERIFY(m->document.waitForSaved(20'000));
    }

    void aCategoryOfAnotherNumberIsFoundByItsName()
    {
        const core::Id here = addCategory(m->document, QStringLiteral("dog"));
        QVERIFY(import(read({object(1, 100, 0, 7), object(2, 100, 50, 55)})));
        QCOMPARE(objects().at(0)->annotation.categoryId, here);
        QCOMPARE(m->document.category(here)->supercategory, std::string("animal")); // was empty
        const core::Category *unnamed =
            m->document.category(objects().at(1)->annotation.categoryId);
        QVERIFY(unnamed && unnamed->name == "object"); // 55 is none of the file's
    }

    void aProjectThatIsReadOnlyRefuses()
    {
        QVERIFY(m->document.waitForSaved(20'000));
        Document again;
        QSignalSpy opened(&again, &Document::opened);
        again.open({m->document.projectFile(), {}, {}, project::OpenMode::ReadOnly});
        QVERIFY(opened.wait(20'000));
        QSignalSpy refused(&again, &Document::editRefused);
        QVERIFY(!applyImport(again, plan(read({object(1, 100, 0)})), QStringLiteral("Import")));
        QCOMPARE(refused.count(), 1);
        QVERIFY(again.snapshot().annotations.empty());
    }

    void itCanBeStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(planImport(read({object(1, 100, 0)}), m->document.snapshot(), {},
                                            ExistingObjects::Add, stop.get_token()),
                                 core::Error);
        QVERIFY_EXCEPTION_THROWN(
            previewImport(read({object(1, 100, 0)}), m->document.snapshot(), stop.get_token()),
            core::Error);
    }
};

QTEST_GUILESS_MAIN(TestImportPlan)
#include "tst_import_plan.moc"
