// SPDX-License-Identifier: Apache-2.0
// The dialogs of importing and exporting.
#include "drawn_project.h"
#include "ui/widgets/interchange/export_dialog.h"
#include "ui/widgets/interchange/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QStackedWidget>
#include <QtTest>

using namespace ui;

namespace
{

QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write the test's file");
    return file.fileName();
}

/// Two objects and a broken one in the first picture, one in a picture that is not there.
QByteArray cocoFile()
{
    return R"({"info": {"year": 2026}, "images": [
        {"id": 5, "file_name": "1.png", "width": 64, "height": 48, "flickr_url": "x"},
        {"id": 6, "file_name": "other.png", "width": 64, "height": 48}],
      "categories": [{"id": 2, "name": "cat"}, {"id": 3, "name": "dog"}],
      "annotations": [
        {"id": 1, "image_id": 5, "category_id": 2, "segmentation": [[1, 1, 9, 1, 9, 9, 1, 9]]},
        {"id": 2, "image_id": 5, "category_id": 3, "segmentation": [[20, 1, 29, 1, 29, 9, 20, 9]]},
        {"id": 4, "image_id": 6, "category_id": 3, "segmentation": [[1, 1, 9, 1, 9, 9, 1, 9]]}]})";
}

} // namespace

class TestInterchangeDialogs : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    // ---- The export dialog

    void theDialogShowsWhatConcernsTheFormat()
    {
        QTemporaryDir folder;
        ExportDialog dialog({}, {12, 5, 2, 3}, folder.path(), nullptr);
        dialog.show();
        const auto box = [&](const char *name) { return dialog.findChild<QWidget *>(name); };
        QVERIFY(box("segmentation")->isVisible());
        QVERIFY(!box("parts")->isVisible() && !box("overlap")->isVisible());
        QVERIFY(!box("simplify")->isVisible()); // of outlines
        dialog.findChild<QComboBox *>("segmentation")->setCurrentIndex(2);
        QVERIFY(box("simplify")->isVisible());
        dialog.findChild<QDoubleSpinBox *>("simplify")->setValue(1.5);
        QVERIFY(!dialog.findChild<QLabel *>("about")->text().isEmpty());
        const QString preview = dialog.findChild<QLabel *>("preview")->text();
        QVERIFY2(preview.contains("12 objects of 3 categories in 5 pictures, 2 of them without"),
                 qPrintable(preview));
        const ExportChoice choice = dialog.choice();
        QCOMPARE(choice.format, QStringLiteral("coco"));
        QCOMPARE(choice.target, folder.filePath("annotations.json"));
        QVERIFY(choice.options.segmentation == exporters::SegmentationForm::Polygon);
        QCOMPARE(choice.options.simplify, 1.5);
    }

    void masksOfLabelMeAreShapesWhenChosen()
    {
        QTemporaryDir folder;
        ExportDialog dialog({QStringLiteral("labelme"), {}, {}}, {12, 5, 2, 3}, folder.path(),
                            nullptr);
        dialog.show();
        auto *shapes = dialog.findChild<QComboBox *>("shapes");
        auto *simplify = dialog.findChild<QWidget *>("simplify");
        QVERIFY(shapes->isVisible() && simplify->isVisible());
        QVERIFY(!dialog.findChild<QWidget *>("segmentation")->isVisible());
        QVERIFY(!dialog.choice().options.maskShapes); // every version opens them
        shapes->setCurrentIndex(1);
        QVERIFY(shapes->currentText().contains("5.1"));
        QVERIFY(!simplify->isVisible()); // of outlines
        QVERIFY(dialog.choice().options.maskShapes);
        auto *formats = dialog.findChild<QComboBox *>("format");
        formats->setCurrentIndex(formats->findData("coco"));
        QVERIFY(!shapes->isVisible());
        // Chosen once, it is offered again.
        ExportDialog again(dialog.choice(), {}, folder.path(), nullptr);
        QCOMPARE(again.findChild<QComboBox *>("shapes")->currentIndex(), 1);
    }

    void aTargetThatCannotBeKeepsTheButtonOff()
    {
        QTemporaryDir folder;
        ExportDialog dialog({}, {}, folder.path(), nullptr);
        auto *button = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        auto *preview = dialog.findChild<QLabel *>("preview");
        QVERIFY(button->isEnabled());
        dialog.findChild<QLineEdit *>("target")->setText(folder.path());
        QVERIFY(!button->isEnabled());
        QVERIFY2(preview->text().contains("folder of this name"), qPrintable(preview->text()));
        dialog.findChild<QLineEdit *>("target")->setText(write(folder, "old.json", "{}"));
        QVERIFY(button->isEnabled());
        QVERIFY2(preview->text().contains("will be replaced"), qPrintable(preview->text()));
        dialog.findChild<QLineEdit *>("target")->setText("sub/new.json"); // beside the pictures
        QCOMPARE(dialog.choice().target, folder.filePath("sub/new.json"));
    }

    // ---- The import dialog

    void theDialogReadsAndShowsWhatIsInIt()
    {
        DrawnProject project;
        project.draw(0, 900);
        QTemporaryDir folder;
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.show();
        auto *pages = dialog.findChild<QStackedWidget *>("pages");
        auto *button = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        QCOMPARE(pages->currentIndex(), 0);
        QVERIFY(!button->isEnabled());
        dialog.setInput(write(folder, "coco.json", cocoFile()));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.reading(), 20'000);
        QCOMPARE(dialog.findChild<QComboBox *>("format")->currentData().toString(),
                 QStringLiteral("coco"));
        QVERIFY(button->isEnabled());
        const ImportPreview &preview = dialog.reading()->preview;
        QCOMPARE(preview.objects, std::size_t(2));
        QCOMPARE(preview.elsewhere, std::size_t(1));
        QCOMPARE(preview.occupied, std::size_t(1));
        QString shown;
        QTest::qWait(20); // for the layout
        for (const QLabel *label : pages->currentWidget()->findChildren<QLabel *>()) {
            shown += label->text() + '\n';
            QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                     qPrintable(label->text())); // nothing is cut off
        }
        QVERIFY2(shown.contains("2 objects") && shown.contains("other.png") &&
                     shown.contains("new: cat, dog") && shown.contains("1 of the pictures"),
                 qPrintable(shown));
        QVERIFY(dialog.existing() == ExistingObjects::Add);
        dialog.findChild<QRadioButton *>("skip")->setChecked(true);
        QVERIFY(dialog.existing() == ExistingObjects::Skip);
    }

    void aFileOfNoKnownFormatAsksForIt()
    {
        DrawnProject project;
        QTemporaryDir folder;
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.setInput(write(folder, "what.json", R"({"images": [], "no": 1})"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        auto *problem = dialog.findChild<QLabel *>("problem");
        QVERIFY2(problem->text().contains("not recognised"), qPrintable(problem->text()));
        dialog.setFormat(QStringLiteral("coco"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        // Read, and told either way; nothing to import.
        QVERIFY(!dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
    }

    void aFileThatIsBrokenIsTold()
    {
        DrawnProject project;
        QTemporaryDir folder;
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.setInput(write(folder, "cut.json", cocoFile().left(300) + "}"));
        dialog.setFormat(QStringLiteral("coco"));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        auto *problem = dialog.findChild<QLabel *>("problem");
        QVERIFY2(problem->text().contains("cut.json"), qPrintable(problem->text()));
        QVERIFY(!dialog.reading());
    }

    void readingCanBeStopped()
    {
        DrawnProject project;
        QTemporaryDir folder;
        QByteArray many = cocoFile();
        many.chop(2);
        for (int i = 10; i < 200'000; ++i)
            many += R"(,{"id": )" + QByteArray::number(i) +
                    R"(, "image_id": 5, "category_id": 2, "segmentation": [[1,1,9,1,9,9,1,9]]})";
        many += "]}";
        ImportDialog dialog(project.document.snapshot(), nullptr);
        dialog.show();
        dialog.setInput(write(folder, "many.json", many));
        QVERIFY(dialog.isReading());
        dialog.findChild<QPushButton *>("stop")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isReading(), 20'000);
        auto *problem = dialog.findChild<QLabel *>("problem");
        QVERIFY2(problem->text().contains("stopped"), qPrintable(problem->text()));
    }
};

QTEST_MAIN(TestInterchangeDialogs)
#include "tst_interchange_dialogs.moc"
