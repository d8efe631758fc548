// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/history_model.h"

#include <QAbstractItemModelTester>
#include <QUndoStack>
#include <QtTest>

using namespace ui;

namespace
{

class Counted : public QUndoCommand
{
public:
    Counted(int &value, const QString &text) : QUndoCommand(text), m_value(value) {}
    void redo() override { ++m_value; }
    void undo() override { --m_value; }

private:
    int &m_value;
};

} // namespace

class TestHistoryModel : public QObject
{
    Q_OBJECT

private:
    struct Bench {
        int value = 0;
        QUndoStack stack;
        HistoryModel model{stack};
        QAbstractItemModelTester tester{&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest};
        void push(const QString &text) { stack.push(new Counted(value, text)); }
        QStringList rows() const
        {
            QStringList list;
            for (int row = 0; row < model.rowCount(); ++row) {
                const QModelIndex index = model.index(row, 0);
                QString text = index.data().toString();
                if (index.data(HistoryModel::CurrentRole).toBool())
                    text += QLatin1Char('*');
                if (index.data(HistoryModel::UndoneRole).toBool())
                    text += QLatin1Char('-');
                list << text;
            }
            return list;
        }
    };

private Q_SLOTS:
    void showsWhatTheStackHolds()
    {
        Bench m;
        const QString start = QStringLiteral("As it was opened");
        QCOMPARE(m.rows(), QStringList{start + "*"});
        m.push("a");
        m.push("b");
        m.push("c");
        QCOMPARE(m.rows(), (QStringList{start, "a", "b", "c*"}));
        m.stack.undo();
        m.stack.undo();
        QCOMPARE(m.rows(), (QStringList{start, "a*", "b-", "c-"}));
        m.stack.redo();
        QCOMPARE(m.rows(), (QStringList{start, "a", "b*", "c-"}));
        m.push("d"); // c is gone for good
        QCOMPARE(m.rows(), (QStringList{start, "a", "b", "d*"}));
        m.stack.undo();
        m.stack.redo();
        QCOMPARE(m.rows(), (QStringList{start, "a", "b", "d*"}));
        m.stack.clear();
        QCOMPARE(m.rows(), QStringList{start + "*"});
    }

    void goesToAnyStep()
    {
        Bench m;
        for (int i = 0; i < 20; ++i)
            m.push(QString::number(i));
        for (const int row : {3, 20, 0, 7, 7, 999, -5}) {
            m.model.goTo(row);
            QTRY_COMPARE_WITH_TIMEOUT(m.value, std::clamp(row, 0, 20), 20'000);
            QCOMPARE(m.model.currentRow(), m.value);
        }
    }

    void aLongWayDoesNotHoldUpTheWindow()
    {
        class Slow : public QUndoCommand
        {
            void redo() override { QTest::qSleep(1); }
            void undo() override { QTest::qSleep(1); }
        };
        QUndoStack stack;
        HistoryModel model(stack);
        for (int i = 0; i < 100; ++i)
            stack.push(new Slow);
        model.goTo(0);
        QVERIFY(stack.index() > 0); // goes on by and by
        QTRY_COMPARE_WITH_TIMEOUT(stack.index(), 0, 20'000);

        model.goTo(100);
        const int halfway = stack.index();
        QVERIFY(halfway < 100);
        stack.push(new Slow); // the user went on from there
        QTest::qWait(50);
        QCOMPARE(stack.index(), halfway + 1);
    }
};

QTEST_GUILESS_MAIN(TestHistoryModel)
#include "tst_history_model.moc"
