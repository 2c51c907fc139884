( () => {
	'use strict';

	// An import goes on by itself.
	document.querySelector( 'form[data-logto-continue] button' )?.click();

	const words = window.logtoSignIn;
	const status = document.getElementById( 'logto-copied' );

	/**
	 * Copies a field's address. Without the clipboard (http pages have none) the address is selected instead.
	 *
	 * @param {HTMLInputElement} field
	 * @return {Promise<string>} What to tell the admin.
	 */
	const copy = async ( field ) => {
		try {
			await navigator.clipboard.writeText( field.value );
			return words.copied;
		} catch {
			field.focus();
			field.select();
			return document.execCommand( 'copy' ) ? words.copied : words.failed;
		}
	};

	for ( const button of document.querySelectorAll( '[data-logto-copy]' ) ) {
		const label = button.textContent;
		button.addEventListener( 'click', async () => {
			const said = await copy( document.getElementById( button.dataset.logtoCopy ) );
			status.textContent = said;
			button.textContent = said;
			setTimeout( () => {
				status.textContent = '';
				button.textContent = label;
			}, 2000 );
		} );
	}

	/**
	 * A field that asks for rows. The last row is always there to be copied, with its values taken out.
	 *
	 * @param {HTMLElement} rows
	 */
	const grow = ( rows ) => {
		const last = rows.querySelector( '.logto-row:last-of-type' );
		const row = last.cloneNode( true );
		const number = rows.querySelectorAll( '.logto-row' ).length;
		for ( const control of row.querySelectorAll( '[name]' ) ) {
			control.name = control.name.replace( /\[\d+\]/u, `[${ number }]` );
			control.value = control.tagName === 'SELECT' ? control.options[ 0 ].value : '';
		}

		last.after( row );
		row.querySelector( 'input' ).focus();
	};

	for ( const button of document.querySelectorAll( '[data-logto-add]' ) ) {
		button.addEventListener( 'click', () => grow( button.closest( 'td' ).querySelector( '[data-logto-rows]' ) ) );
	}
} )();
