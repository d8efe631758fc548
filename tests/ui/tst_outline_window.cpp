// SPDX-License-Identifier: Apache-2.0
// Polygon and scissors in the real window.
#include "core/mask/rle_string.h"
#include "ui/editing/tools/polygon_tool.h"
#include "ui/widgets/message_bar.h"
#include "window_fixture.h"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace ui;

class TestOutlineWindow : public QObject
{
    Q_OBJECT

private:
    static core::Mask exported(WindowFixture &f)
    {
        const QString target = f.folder.filePath(QStringLiteral("out.json"));
        f.window.exportTo(target);
        if (!QTest::qWaitFor(
                [&] { return f.window.messages()->text().contains(QStringLiteral("out.json")); },
                60'000))
            return {};
        std::ifstream stream(target.toStdString());
        const nlohmann::json coco = nlohmann::json::parse(stream);
        const auto &segmentation = coco.at("annotations").at(0).at("segmentation");
        return core::decode(core::rleFromString(
            segmentation.at("counts").get<std::string>(),
            {segmentation.at("size")[1].get<int>(), segmentation.at("size")[0].get<int>()}));
    }

private Q_SLOTS:
    void aPolygonIsDrawnTakenBackAndExportedAsShown()
    {
        WindowFixture f;
        f.openFolder();
        f.key(Qt::Key_P);
        QCOMPARE(f.window.toolbox().current().action(), ActionId::PolygonTool);
        f.click(100, 100);
        f.click(300, 90);
        f.click(320, 250);
        f.click(400, 400);
        f.key(Qt::Key_Backspace);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        f.click(310, 240);
        f.click(120, 260);
        QVERIFY(f.objects().empty());
        f.key(Qt::Key_Return);
        QCOMPARE(f.objects().size(), 1U);
        const core::Id id = f.objects().front()->annotation.id;
        QCOMPARE(f.window.selection().single(), id);
        const auto &layer = f.canvas().annotations();
        EVENTUALLY(!layer.boundsOf(id).isNull());
        QVERIFY(f.document.waitForSaved(10'000));
        const core::Mask mask = exported(f);
        QVERIFY(mask == layer.shownPixels(id));
        QCOMPARE(mask.at(200, 200), 1);
        QCOMPARE(mask.at(330, 300), 0);

        f.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.objects().empty());
        f.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.objects().size(), 1U);
    }

    void aCornerOfTheSelectedObjectIsDraggedAndDeleted()
    {
        WindowFixture f;
        f.openFolder();
        f.key(Qt::Key_P);
        for (const QPointF p : {QPointF(100, 100), {300, 100}, {300, 260}, {100, 260}})
            f.click(p.x(), p.y());
        f.key(Qt::Key_Return);
        const auto &tool = dynamic_cast<PolygonTool &>(f.window.toolbox().current());
        EVENTUALLY_EQUAL(tool.corners().state(), CornerEditor::State::Shown);
        f.drag({300, 260}, {380, 300});
        const auto mask = [&f] { return core::decode(f.objects().front()->annotation.mask); };
        QCOMPARE(mask().at(360, 280), 1);
        // Delete: the corner under the pointer ...
        const auto pointAt = [&](double x, double y) {
            QTest::mouseMove(&f.canvas(), f.at(x, y));
            return tool.preview().hotHandle.has_value();
        };
        EVENTUALLY(pointAt(380, 300));
        f.key(Qt::Key_Delete);
        QCOMPARE(mask().at(360, 280), 0);
        QCOMPARE(mask().at(290, 250), 0);
        QCOMPARE(mask().at(150, 150), 1);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(mask().at(360, 280), 1);
        // Ctrl + click beside all corners selects, on one it removes that.
        f.click(500, 400, Qt::LeftButton, Qt::ControlModifier);
        QVERIFY(f.window.selection().ids().empty());
        EVENTUALLY(!f.canvas().annotations().boundsOf(f.objects().front()->annotation.id).isNull());
        f.click(200, 200, Qt::LeftButton, Qt::ControlModifier);
        QVERIFY(f.window.selection().single());
        EVENTUALLY(pointAt(380, 300));
        f.click(380, 300, Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(mask().at(360, 280), 0);
        QCOMPARE(f.objects().size(), 1U);
        // ... else the object.
        QVERIFY(!pointAt(500, 400));
        // While the corners are being found again Delete does nothing, lest it mean the object.
        EVENTUALLY((f.key(Qt::Key_Delete), f.objects().empty()));
    }

    void theScissorsFindTheRectangle()
    {
        WindowFixture f; // the picture has a rectangle of 60 x 40 at (160, 120)
        f.openFolder();
        f.key(Qt::Key_X);
        f.click(160, 120);
        f.click(219, 121);
        f.click(219, 159);
        f.click(161, 159);
        f.key(Qt::Key_Return); // before the ways are known
        EVENTUALLY(!f.objects().empty());
        const core::Mask mask = core::decode(f.objects().front()->annotation.mask);
        int wrong = 0;
        for (int y = 0; y < mask.size.height; ++y) {
            for (int x = 0; x < mask.size.width; ++x)
                wrong += mask.at(x, y) != (QRect(160, 120, 60, 40).contains(x, y) ? 1 : 0);
        }
        QVERIFY2(wrong < 200, qPrintable(QString::number(wrong))); // a pixel along the outline
    }

    void escapeDropsAnOutlineAndAnotherToolDoesToo()
    {
        WindowFixture f;
        f.openFolder();
        f.key(Qt::Key_P);
        f.click(100, 100);
        f.click(300, 100);
        f.key(Qt::Key_Escape);
        QVERIFY(!f.window.toolbox().current().isBusy());
        f.click(100, 100);
        f.click(300, 100);
        f.key(Qt::Key_S);
        f.key(Qt::Key_P);
        QVERIFY(!f.window.toolbox().current().isBusy());
        QVERIFY(f.objects().empty());
    }
};

QTEST_MAIN(TestOutlineWindow)
#include "tst_outline_window.moc"
