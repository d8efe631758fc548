// SPDX-License-Identifier: Apache-2.0
#include "export/format_choices.h"
#include "export/formats.h"

#include <QtTest>

class TestFormatChoices : public QObject
{
    Q_OBJECT

private:
    class Unknown : public exporters::Format
    {
    public:
        std::string_view name() const override { return "no such"; }
        std::string_view title() const override { return "No such"; }
        exporters::Layout layout() const override { return exporters::Layout::File; }
        bool recognises(const std::filesystem::path &) const override { return false; }
    };

private Q_SLOTS:
    void cocoHasFormsOfMasksAndNoOverlap()
    {
        const exporters::FormatChoices coco = exporters::choicesOf(*exporters::findFormat("coco"));
        QVERIFY(coco.segmentation && coco.simplify);
        QVERIFY(!coco.parts && !coco.overlap && !coco.pictures);
        QCOMPARE(coco.extension, std::string_view("json"));
    }

    void aFormatThatIsNotKnownYetHasAll()
    {
        const exporters::FormatChoices all = exporters::choicesOf(Unknown());
        QVERIFY(all.segmentation && all.parts && all.overlap && all.simplify && all.pictures);
        QVERIFY(all.maskShapes);
    }

    void maskShapesAreOfLabelMeAlone()
    {
        for (const auto &format : exporters::allFormats()) {
            if (format->canWrite())
                QCOMPARE(exporters::choicesOf(*format).maskShapes, format->name() == "labelme");
        }
    }

    void everyFormatThatWritesFilesHasAnExtension()
    {
        for (const auto &format : exporters::allFormats())
            QVERIFY(!exporters::choicesOf(*format).extension.empty());
    }
};

QTEST_GUILESS_MAIN(TestFormatChoices)
#include "tst_format_choices.moc"
