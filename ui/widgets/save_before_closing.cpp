// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/save_before_closing.h"

#include "ui/editing/document.h"
#include "ui/widgets/task_progress.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace ui
{

/// So long nobody is asked; then there is a way not to close.
static constexpr int milliseconds = 2000;

static QString tr(const char *text)
{
    return QCoreApplication::translate("saveBeforeClosing", text);
}

static QString lastActions(const Document &document)
{
    return document.unsavedCount() == 1 ? tr("The last action")
                                        : tr("The last %1 actions").arg(document.unsavedCount());
}

static bool mayBeLost(const Document &document, QWidget *window)
{
    return QMessageBox::warning(
               window, tr("Not everything is saved"),
               tr("%1 could not be written to the project file. Closing now loses them.")
                   .arg(lastActions(document)),
               QMessageBox::Discard | QMessageBox::Cancel,
               QMessageBox::Cancel) == QMessageBox::Discard;
}

/// The question goes away by itself when there is nothing to wait for any more.
static bool isWaitedFor(const Document &document, QWidget *window)
{
    QMessageBox box(QMessageBox::Information, tr("Not everything is saved"),
                    tr("The disk is slow: saving has not ended. The window closes as soon as it "
                       "has."),
                    QMessageBox::NoButton, window);
    QPushButton *wait = box.addButton(tr("Keep waiting"), QMessageBox::AcceptRole);
    const QPushButton *stay = box.addButton(tr("Do not close"), QMessageBox::RejectRole);
    box.setDefaultButton(wait);
    QObject::connect(&document, &Document::unsavedCountChanged, &box, [&box](int count) {
        if (count == 0)
            box.accept();
    });
    QObject::connect(&document, &Document::saveFailed, &box, [&box] { box.accept(); });
    box.exec();
    return box.clickedButton() != stay;
}

bool saveBeforeClosing(Document &document, TaskProgress &progress, QWidget *window)
{
    progress.begin(tr("Saving"), false);
    bool isSaved = false, hasFailed = false, isLeft = false;
    const QObject context;
    QObject::connect(&document, &Document::saveFailed, &context,
                     [&hasFailed] { hasFailed = true; });
    while (!isLeft) {
        hasFailed = false;
        isSaved = document.waitForSaved(milliseconds);
        isLeft = isSaved || hasFailed || !isWaitedFor(document, window);
    }
    progress.end();
    return isSaved || (hasFailed && mayBeLost(document, window));
}

} // namespace ui
