// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_list_model.h"
#include "ui/editing/tools/brush_tool.h"
#include "ui/editing/tools/polygon_tool.h"
#include "ui/editing/tools/wand_tool.h"
#include "ui/widgets/panels/object_panel.h"
#include "ui/widgets/tool_options/tool_hint.h"
#include "window_fixture.h"

#include "core/mask/rle_measure.h"

#include <QListView>

using ui::ActionId;

/// What the status bar says of the tool in use, and tools that may not change anything.
class TestToolHints : public QObject
{
    Q_OBJECT

    static ui::ToolHint &hint(WindowFixture &f)
    {
        return *f.window.findChild<ui::ToolHint *>(QStringLiteral("toolHint"));
    }
    static ui::CornerEditor::State corners(WindowFixture &f)
    {
        return static_cast<ui::PolygonTool &>(f.window.toolbox().current()).corners().state();
    }
    /// One object, painted and selected.
    static void paint(WindowFixture &f)
    {
        f.openFolder();
        f.key(Qt::Key_B);
        f.drag({200, 150}, {300, 150});
        QCOMPARE(f.objects().size(), 1U);
        QCOMPARE(f.window.selection().single(), f.objects().front()->annotation.id);
    }
    static void setLocked(WindowFixture &f, bool isLocked)
    {
        auto *view = f.window.objects()->findChild<QListView *>();
        view->model()->setData(view->model()->index(0, 0), isLocked,
                               ui::AnnotationListModel::LockedRole);
    }

private Q_SLOTS:
    void everyHintIsWholeOnASmallWindow()
    {
        WindowFixture f;
        f.openFolder();
        f.window.resize(1280, 800);
        for (const auto &tool : f.window.toolbox().tools()) {
            f.window.actions()[tool->action()]->trigger();
            QTest::qWait(1);
            QVERIFY(!hint(f).text().isEmpty());
            QVERIFY2(!hint(f).isElided(), qPrintable(hint(f).text()));
        }
    }

    void aLockedObjectIsNotDrawnOnAndHasNoCorners()
    {
        WindowFixture f;
        paint(f);
        const core::Rle before = f.objects().front()->annotation.mask;
        f.key(Qt::Key_P);
        EVENTUALLY(corners(f) == ui::CornerEditor::State::Shown);
        setLocked(f, true);
        QVERIFY(corners(f) == ui::CornerEditor::State::Nothing);
        QVERIFY(hint(f).text().contains("locked"));

        f.key(Qt::Key_B);
        QVERIFY(hint(f).text().contains("locked"));
        f.drag({200, 300}, {300, 300});
        f.key(Qt::Key_L);
        f.drag({200, 300}, {300, 350});
        QCOMPARE(f.objects().size(), 1U);
        QVERIFY(f.objects().front()->annotation.mask == before);

        setLocked(f, false);
        QVERIFY(!hint(f).text().contains("locked"));
        f.key(Qt::Key_B);
        f.drag({200, 300}, {300, 300});
        QVERIFY(core::area(f.objects().front()->annotation.mask) > core::area(before));
    }

    void aPolygonThatIsBegunSaysHowItEnds()
    {
        WindowFixture f;
        paint(f);
        f.key(Qt::Key_P);
        EVENTUALLY(corners(f) == ui::CornerEditor::State::Shown);
        QVERIFY(hint(f).text().contains("Drag a corner"));
        f.click(400, 300);
        QVERIFY2(hint(f).text().contains("Enter: close"), qPrintable(hint(f).text()));
        f.key(Qt::Key_Escape);
        QVERIFY(hint(f).text().contains("Drag a corner"));
    }

    void aReadOnlyProjectSaysThatNothingCanBeDrawn()
    {
        WindowFixture writer;
        paint(writer);
        QVERIFY(writer.document.waitForSaved(60'000));
        WindowFixture reader;
        reader.document.open({writer.document.projectFile(), {}, {}, project::OpenMode::ReadOnly});
        EVENTUALLY(reader.canvas().hasPicture());
        QVERIFY(reader.document.isReadOnly());
        QVERIFY(!hint(reader).text().contains("reading only")); // prompts can be tried
        reader.key(Qt::Key_B);
        QVERIFY(hint(reader).text().contains("reading only"));
        reader.drag({200, 300}, {300, 300});
        QCOMPARE(reader.objects().size(), 1U);
        reader.key(Qt::Key_H);
        QVERIFY(!hint(reader).text().contains("reading only"));
    }

    void sizesAndToleranceAreRemembered()
    {
        const QTemporaryDir settings;
        {
            WindowFixture f;
            QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
            f.window.toolbox().brush().setDiameter(77);
            f.window.toolbox().eraser().setDiameter(5);
            f.window.toolbox().wand().setTolerance(99);
            f.window.toolbox().smart().setBrushRadius(31);
            f.window.close();
        }
        ui::Document document;
        ui::SegmentationService service([] { return std::make_unique<core::FakeSegmenter>(); });
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
        ui::MainWindow window(document, service, false);
        QCOMPARE(window.toolbox().brush().diameter(), 77);
        QCOMPARE(window.toolbox().eraser().diameter(), 5);
        QCOMPARE(window.toolbox().wand().tolerance(), 99);
        QCOMPARE(window.toolbox().smart().brushRadius(), 31.0);
    }
};

QTEST_MAIN(TestToolHints)
#include "tst_tool_hints.moc"
