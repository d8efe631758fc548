// SPDX-License-Identifier: Apache-2.0
// Closing while the disk is slow: told, asked, and nothing lost.
#include "held_up.h"
#include "ui/editing/edits.h"
#include "ui/widgets/task_progress.h"
#include "window_fixture.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace ui;

class TestClosing : public QObject
{
    Q_OBJECT

    static TaskProgress &progressOf(WindowFixture &f)
    {
        return *f.window.findChild<TaskProgress *>(QStringLiteral("savingProgress"));
    }
    static QMessageBox *question()
    {
        return qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
    }
    static QAbstractButton *buttonOf(const QMessageBox &box, const char *text)
    {
        for (QAbstractButton *button : box.buttons())
            if (button->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return button;
        return nullptr;
    }
    /// While close() waits, until `act` says that it did what it is there for.
    static void meanwhile(QTimer &timer, std::function<bool()> act)
    {
        timer.setInterval(10);
        connect(&timer, &QTimer::timeout, &timer, [&timer, act = std::move(act)] {
            if (act())
                timer.stop();
        });
        timer.start();
    }
    static std::size_t savedCategories(const Document &document)
    {
        return project::ProjectFile(document.projectFile(), project::OpenMode::ReadOnly)
            .load()
            .categories.size();
    }

private Q_SLOTS:
    void aSlowDiskIsToldAndWaitedFor()
    {
        WindowFixture f;
        f.openFolder();
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        auto heldUp = std::make_unique<HeldUp>(f.document);
        addCategory(f.document, QStringLiteral("slow"));
        QTimer timer;
        bool isTold = false;
        meanwhile(timer, [&] {
            if (!progressOf(f).isVisible())
                return false;
            isTold = progressOf(f).findChild<QLabel *>()->text().contains("Saving") &&
                     !progressOf(f).findChild<QPushButton *>()->isVisible();
            heldUp.reset();
            return true;
        });
        QVERIFY(f.window.close());
        QVERIFY(isTold);
        QVERIFY(progressOf(f).isHidden());
        QCOMPARE(f.document.unsavedCount(), 0);
        QCOMPARE(savedCategories(f.document), std::size_t(1));
    }

    void aDiskThatTakesLongIsAskedAbout_data()
    {
        QTest::addColumn<bool>("stays");
        QTest::newRow("the window stays") << true;
        QTest::newRow("it closes by itself when all is saved") << false;
    }
    void aDiskThatTakesLongIsAskedAbout()
    {
        QFETCH(bool, stays);
        WindowFixture f;
        f.openFolder();
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        auto heldUp = std::make_unique<HeldUp>(f.document);
        addCategory(f.document, QStringLiteral("slow"));
        QTimer timer;
        bool isAsked = false;
        meanwhile(timer, [&] {
            QMessageBox *box = question();
            if (!box)
                return false;
            isAsked = box->text().contains("slow");
            if (stays)
                buttonOf(*box, "Do not close")->click();
            else
                heldUp.reset();
            return true;
        });
        QCOMPARE(f.window.close(), !stays);
        QVERIFY(isAsked);
        QCOMPARE(f.window.isVisible(), stays);
        QVERIFY(progressOf(f).isHidden());
        QCOMPARE(f.document.unsavedCount(), stays ? 1 : 0);
        heldUp.reset();
        EVENTUALLY_EQUAL(f.document.unsavedCount(), 0);
        QCOMPARE(savedCategories(f.document), std::size_t(1));
    }
};

QTEST_MAIN(TestClosing)
#include "tst_closing.moc"
